/** useFilters: what a stream is narrowed to, in the URL: `?state=failed&type=deployment`. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Filters } from "./stream";

const NAMES = ["type", "operation", "user", "state", "resource"] as const;
export type FilterName = (typeof NAMES)[number];

export interface FilterHandle {
  filters: Filters;
  set(name: FilterName, value: string | undefined): void;
  clear(): void;
}

export function useFilters(): FilterHandle {
  const filters = useSearch({ strict: false, select: read, structuralSharing: true } as never) as Filters;
  const navigate = useNavigate();
  const change = useCallback(
    (part: Filters) => {
      const search = (old: Record<string, unknown>) => ({ ...old, ...part });
      void navigate({ to: ".", search: search as never, replace: true, resetScroll: false });
    },
    [navigate],
  );
  return {
    filters,
    set: useCallback((name, value) => change({ [name]: value }), [change]),
    clear: useCallback(() => change(Object.fromEntries(NAMES.map((name) => [name, undefined]))), [change]),
  };
}

function read(raw: Record<string, unknown>): Filters {
  const found: Filters = {};
  for (const name of NAMES) {
    const value = raw[name];
    if (typeof value === "string" && value) found[name] = value;
  }
  return found;
}
