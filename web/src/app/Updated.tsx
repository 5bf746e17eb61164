/** Says so when core came back as another version: the page in front of the person is the old one. */
import { useEffect, useRef } from "react";
import { useLink } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Welcome } from "~/api/types";
import { toast } from "~/kit/toast";

export function Updated({ version }: { version: string }): React.ReactNode {
  const { state } = useLink();
  const wasLost = useRef(false);
  useEffect(() => {
    if (state === "lost") wasLost.current = true;
    if (state !== "live" || !wasLost.current) return;
    wasLost.current = false;
    void ask<Welcome>("GET", "/welcome")
      .then((now) => {
        if (now.version === version) return;
        toast.info(`Core is Monitor ${now.version} now`, {
          action: { label: "Load the new page", run: () => location.reload() },
        });
      })
      // Gone again: the connection bar says so.
      .catch(() => undefined);
  }, [state, version]);
  return null;
}
