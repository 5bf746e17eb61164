/** useOrder: sorted rows that do not jump: held while pointed at, and put in order anew only so often. */
import { useEffect, useMemo, useReducer, useRef } from "react";
import { keptOrder } from "./order";

/** How often rows sorted by what always changes are put in order. */
const EVERY = 5000;

export function useOrder<T>(
  sorted: readonly T[],
  idOf: (item: T) => string,
  /** What the order was asked to be; another one is followed at once. */
  asked: string,
  /** Somebody points at a row or has chosen some. */
  held: boolean,
  /** The order changes all the time. */
  volatile: boolean,
): readonly T[] {
  const shown = useRef({ asked: "", at: 0, ids: [] as string[] });
  const [, again] = useReducer((n: number) => n + 1, 0);
  const early = volatile && Date.now() - shown.current.at < EVERY;
  const follows = shown.current.asked !== asked || !(held || early);

  const rows = useMemo(() => {
    if (follows || shown.current.ids.length === 0) return sorted;
    const byId = new Map(sorted.map((item) => [idOf(item), item]));
    const order = keptOrder(shown.current.ids, [...byId.keys()]);
    return order.flatMap((id) => byId.get(id) ?? []);
  }, [sorted, follows, idOf]);

  useEffect(() => {
    const ids = rows.map(idOf);
    shown.current = follows ? { asked, at: Date.now(), ids } : { ...shown.current, ids };
  }, [rows, idOf, follows, asked]);

  // What was held back is shown once its time has come; while held, letting go renders anyway.
  useEffect(() => {
    if (!early || held) return;
    const timer = setTimeout(again, shown.current.at + EVERY - Date.now());
    return () => clearTimeout(timer);
  });
  return rows;
}
