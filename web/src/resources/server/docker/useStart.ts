/** useStart: have something done with a part of a server's Docker; its activity opens by itself. */
import { useCallback } from "react";
import { useType } from "~/api/hooks";
import type { OperationInfo } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import type { Params } from "~/kit/action/params";
import { isActivity, send } from "~/kit/action/send";
import { DRAWER_DOCKS } from "~/kit/activity/docks";
import { remember } from "~/kit/activity/remembered";
import { toast } from "~/kit/toast";
import type { ServerResource } from "../model";

export interface Start {
  /** The operation, if the viewer may ask for it. */
  offered(name: string): OperationInfo | undefined;
  /** Throws `Problem`. `said` goes into the toast: "Remove volume data". */
  start(name: string, params: Params, said: string): Promise<void>;
}

export function useStart(server: ServerResource): Start {
  const { operations } = useType("server");
  const { open } = useDrawer();
  const { id, can } = server;
  const offered = useCallback(
    (name: string) =>
      operations.find((operation) => operation.name === `server.${name}` && can.includes(operation.name)),
    [operations, can],
  );
  const start = useCallback(
    async (name: string, params: Params, said: string) => {
      const operation = offered(name);
      if (!operation) return;
      const answer = await send(operation, id, params);
      if (!isActivity(answer)) return;
      remember(answer.id);
      if (matchMedia(DRAWER_DOCKS).matches) open(answer.id);
      else
        toast.info(`${said}: started`, {
          about: answer.id,
          action: { label: "Watch", run: () => open(answer.id) },
        });
    },
    [offered, id, open],
  );
  return { offered, start };
}
