/** usePaced: a value that changes often, let through at once and then at most every so often: lists stay cheap. */
import { useEffect, useReducer, useRef } from "react";

export function usePaced<V>(value: V, pause: number): V {
  const passed = useRef({ value, at: 0 });
  const [, again] = useReducer((n: number) => n + 1, 0);
  const due = Date.now() - passed.current.at >= pause;
  const shown = due ? value : passed.current.value;
  useEffect(() => {
    if (shown !== passed.current.value) passed.current = { value: shown, at: Date.now() };
    if (value === shown) return;
    const timer = setTimeout(again, Math.max(0, passed.current.at + pause - Date.now()));
    return () => clearTimeout(timer);
  });
  return shown;
}
