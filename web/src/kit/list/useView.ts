/** useView: a list's view, kept in the URL, so that a link shares it and going back finds it again. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { readView, type View, viewSearch, writeView } from "./view";

/** A word is written to the URL once it is typed, not at each letter. */
const TYPING = 250;

export interface ViewHandle {
  view: View;
  change(change: Partial<View>): void;
  /** The search as typed, ahead of the URL. */
  typed: string;
  type(text: string): void;
}

export function useView(name: string): ViewHandle {
  const search = useSearch({ strict: false, select: (raw) => viewSearch(raw as Record<string, unknown>) });
  const { q, sort, f, c } = search;
  const view = useMemo(() => readView({ q, sort, f, c }), [q, sort, f, c]);
  const latest = useRef(view);
  latest.current = view;

  const navigate = useNavigate();
  const change = useCallback(
    (part: Partial<View>) => {
      latest.current = { ...latest.current, ...part };
      const written = writeView(latest.current);
      const next = (old: Record<string, unknown>) => ({ ...old, ...written });
      void navigate({ to: ".", search: next as never, replace: true, resetScroll: false });
    },
    [navigate],
  );
  useKeptColumns(name, view, change);
  const { typed, type } = useTyped(view.q, change);
  return { view, change, typed, type };
}

/** The search field is ahead of the URL while somebody types, and follows it otherwise. */
function useTyped(q: string, change: (part: Partial<View>) => void) {
  const [typed, setTyped] = useState(q);
  const said = useRef(q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (q === said.current) return;
    said.current = q;
    setTyped(q);
  }, [q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = useCallback(
    (text: string) => {
      setTyped(text);
      clearTimeout(timer.current);
      timer.current = setTimeout(
        () => {
          said.current = text.trim();
          change({ q: said.current });
        },
        text === "" ? 0 : TYPING,
      );
    },
    [change],
  );
  return { typed, type };
}

/** A choice of columns outlives the page: it is in the URL, and taken from here where the URL has none. */
function useKeptColumns(name: string, view: View, change: (part: Partial<View>) => void): void {
  const key = `monitor.list.${name}.columns`;
  const begun = useRef(false);
  const columns = view.columns?.join(",");
  useEffect(() => {
    const kept = localStorage.getItem(key);
    if (!begun.current) {
      begun.current = true;
      if (columns === undefined && kept) return change({ columns: kept.split(",") });
    }
    if (columns !== undefined) localStorage.setItem(key, columns);
    else if (kept) localStorage.removeItem(key);
  }, [key, columns, change]);
}
