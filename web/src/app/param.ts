/** Param: one word of a page's own in the search part of its location (`?scope=production`). */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

export function useParam(name: string): [string | undefined, (value: string | undefined) => void] {
  const value = useSearch({
    strict: false,
    select: (raw: Record<string, unknown>) => {
      const found = raw[name];
      // The router reads `?scope=2024` as a number.
      return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
    },
  });
  const navigate = useNavigate();
  const set = useCallback(
    (to: string | undefined) => {
      const search = (old: Record<string, unknown>) => ({ ...old, [name]: to || undefined });
      void navigate({ to: ".", search: search as never, replace: true, resetScroll: false });
    },
    [navigate, name],
  );
  return [value || undefined, set];
}
