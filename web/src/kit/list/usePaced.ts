/** usePaced: a value that changes often, let through at once and then at most every so often: lists stay cheap. */
import { useEffect, useReducer, useRef } from "react";

/** By a clock that nobody sets: a wall clock that is put back must not hold a list for an hour. */
export function usePaced<V>(value: V, pause: number): V {
  const passed = useRef({ value, at: Number.NEGATIVE_INFINITY });
  const [, again] = useReducer((n: number) => n + 1, 0);
  const due = performance.now() - passed.current.at >= pause;
  const shown = due ? value : passed.current.value;
  useEffect(() => {
    if (shown !== passed.current.value) passed.current = { value: shown, at: performance.now() };
    if (value === shown) return;
    const timer = setTimeout(again, Math.max(0, passed.current.at + pause - performance.now()));
    return () => clearTimeout(timer);
  });
  return shown;
}
