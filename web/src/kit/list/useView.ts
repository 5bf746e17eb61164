/** useView: a list's view, kept in the URL, so that a link shares it and going back finds it again. */
import { useRouter, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { readView, type View, viewSearch, writeView } from "./view";

/** A word is written to the URL once it is typed, not at each letter. */
const TYPING = 250;

type Write = (part: Partial<View>) => void;

export interface ViewHandle {
  view: View;
  change(change: Partial<View>): void;
  /** The search as typed, ahead of the URL. */
  typed: string;
  type(text: string): void;
  /** Writes what is typed to the URL now: before the page is left. */
  settle(): void;
}

export function useView(name: string): ViewHandle {
  const search = useSearch({ strict: false, select: (raw) => viewSearch(raw as Record<string, unknown>) });
  const { q, sort, f, c } = search;
  const view = useMemo(() => readView({ q, sort, f, c }), [q, sort, f, c]);
  const latest = useRef(view);
  latest.current = view;

  const router = useRouter();
  const write = useCallback(
    (part: Partial<View>) => {
      latest.current = { ...latest.current, ...part };
      const written = writeView(latest.current);
      const next = (old: Record<string, unknown>) => ({ ...old, ...written });
      // Not by `navigate`, which does it a moment later: the page may be left by then.
      router.history.replace(router.buildLocation({ to: ".", search: next as never }).href);
      router.history.flush();
    },
    [router],
  );
  const change = useKeptColumns(name, view, write);
  return { view, change, ...useTyped(view.q, write) };
}

/** The search field is ahead of the URL while somebody types, and follows it otherwise. */
function useTyped(q: string, write: Write) {
  const [typed, setTyped] = useState(q);
  const said = useRef(q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<string>(undefined);
  useEffect(() => {
    if (q === said.current) return;
    said.current = q;
    setTyped(q);
  }, [q]);
  const settle = useCallback(() => {
    clearTimeout(timer.current);
    if (pending.current === undefined) return;
    said.current = pending.current;
    pending.current = undefined;
    write({ q: said.current });
  }, [write]);
  const type = useCallback(
    (text: string) => {
      setTyped(text);
      clearTimeout(timer.current);
      pending.current = text.trim();
      timer.current = setTimeout(settle, text === "" ? 0 : TYPING);
    },
    [settle],
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  return { typed, type, settle };
}

/** A choice of columns outlives the page: it is in the URL, and taken from here where the URL has none. */
function useKeptColumns(name: string, view: View, write: Write): (part: Partial<View>) => void {
  const key = `monitor.list.${name}.columns`;
  const unsaid = view.columns === undefined;
  useEffect(() => {
    const kept = unsaid && localStorage.getItem(key);
    if (kept) write({ columns: kept.split(" ") });
  }, [key, unsaid, write]);
  return useCallback(
    (part) => {
      if ("columns" in part) {
        if (part.columns) localStorage.setItem(key, part.columns.join(" "));
        else localStorage.removeItem(key);
      }
      write(part);
    },
    [key, write],
  );
}
