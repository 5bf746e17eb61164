/** useSearch: a search over lines that still come, a few milliseconds at a time so that the page stays quick. */
import { useCallback, useEffect, useMemo, useReducer, useRef, useState, useSyncExternalStore } from "react";
import type { Lines } from "./lines";
import { type Hit, patternOf, type Query, Search } from "./search";

export interface Searching {
  query: Query;
  ask(query: Query): void;
  pattern: RegExp | undefined;
  /** Why the pattern is none. */
  wrong: string;
  total: number;
  /** Which match is the current one, from 1; 0 for none. */
  ordinal: number;
  hit: Hit | undefined;
  /** Not all lines were looked at yet. */
  busy: boolean;
  step(by: 1 | -1): void;
}

/** Longest stretch of work between two looks of the browser at its events. */
const SLICE = 12;
const NOTHING: Query = { text: "", regex: false };

/** `show` is called with the position of each match gone to; the first is looked for from `start()` on. */
export function useSearch(lines: Lines, start: () => number, show: (position: number) => void): Searching {
  const [query, ask] = useState(NOTHING);
  const [found, setFound] = useState<{ search: Search; hit: Hit }>();
  const [, drawn] = useReducer((count: number) => count + 1, 0);
  const version = useSyncExternalStore(lines.watch, () => lines.version);
  const { pattern, wrong } = useMemo(() => compiled(query), [query]);
  // Positions mean the lines they were found in.
  const search = useMemo(() => (pattern ? new Search(pattern) : undefined), [pattern, lines]);
  const done = useRef(true);
  const hit = found?.search === search ? found?.hit : undefined;
  const latest = useRef({ start, show, hit });
  latest.current = { start, show, hit };

  const go = useCallback(
    (next: Hit | undefined) => {
      if (!search || !next) return;
      setFound({ search, hit: next });
      latest.current.show(next.position);
    },
    [search],
  );

  const step = useCallback(
    (by: 1 | -1) => {
      const { hit: from, start: first } = latest.current;
      go(from ? search?.step(lines, from, by) : search?.from(lines, first()));
    },
    [search, lines, go],
  );

  // New lines are searched, too.
  useEffect(() => {
    if (!search) return;
    let timer: ReturnType<typeof setTimeout>;
    const work = () => {
      done.current = search.scan(lines, SLICE);
      if (!latest.current.hit) go(firstOf(search, lines, latest.current.start(), done.current));
      drawn();
      if (!done.current) timer = setTimeout(work, 0);
    };
    done.current = false;
    work();
    return () => clearTimeout(timer);
  }, [search, lines, version]);

  return {
    query,
    ask,
    pattern,
    wrong,
    hit,
    step,
    total: search?.total(lines) ?? 0,
    ordinal: search && hit ? search.ordinal(lines, hit) : 0,
    busy: search !== undefined && !done.current,
  };
}

/** The first match at or after a line; one before it only when all lines were looked at. */
function firstOf(search: Search, lines: Lines, start: number, done: boolean): Hit | undefined {
  const first = search.from(lines, start);
  return first && (done || first.position >= start) ? first : undefined;
}

function compiled(query: Query): { pattern: RegExp | undefined; wrong: string } {
  if (query.text === "") return { pattern: undefined, wrong: "" };
  try {
    return { pattern: patternOf(query), wrong: "" };
  } catch (failure) {
    return { pattern: undefined, wrong: failure instanceof Error ? failure.message : "Not a pattern" };
  }
}
