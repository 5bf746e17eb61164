/** useShown: which row's details are open, in the URL (`?show=data`), the list's own state left alone. */
import { useRouter, useRouterState } from "@tanstack/react-router";
import { useCallback } from "react";
import { useParam } from "~/app/param";

export interface Shown {
  shown: string | undefined;
  close(): void;
  hrefOf(id: string): string;
}

export function useShown(): Shown {
  const [shown, show] = useParam("show");
  const router = useRouter();
  const here = useRouterState({ select: (state) => state.location.href });
  const hrefOf = useCallback(
    (id: string) => {
      const search = (old: Record<string, unknown>) => ({ ...old, show: id });
      return router.buildLocation({ to: ".", search: search as never }).href;
    },
    [router, here],
  );
  return { shown, close: useCallback(() => show(undefined), [show]), hrefOf };
}
