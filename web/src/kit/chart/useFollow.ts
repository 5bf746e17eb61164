/** useFollow: leads to what a mark stands for, on the same page or another. */
import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { type Mark, withSearch } from "./mark";

export function useFollow(): (mark: Mark) => void {
  const router = useRouter();
  return useCallback(
    ({ href }) => {
      if (!href.startsWith("?")) return router.history.push(href);
      const search = (old: Record<string, unknown>) => withSearch(old, href);
      void router.navigate({ to: ".", search: search as never, resetScroll: false });
    },
    [router],
  );
}
