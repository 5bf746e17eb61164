/** useVisits: notes each page that is visited, so that the palette can offer it again. */
import { useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { noteUsed } from "./recent";

export function useVisits(): void {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  useEffect(() => {
    if (path) noteUsed({ path, at: Date.now() });
  }, [path]);
}
