/** useFirstRun: whether the first steps are to be shown on the overview, and how far they are. */
import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import { useDeployments, useMe, useServers } from "~/api/hooks";
import { type FirstSteps, firstSteps } from "./progress";

const DISMISSED = "monitor.first-run.dismissed";

export interface FirstRunState {
  /** Undefined while there is nothing to show: done, put away, not this person's to do, or not known yet. */
  steps: FirstSteps | undefined;
  /** It takes the overview's place: there is nothing to look at. */
  alone: boolean;
  dismiss(): void;
}

export function useFirstRun(): FirstRunState {
  const { can } = useMe();
  const servers = useServers();
  const deployments = useDeployments();
  const [dismissed, setDismissed] = useLocalStorage({
    key: DISMISSED,
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const steps = useMemo(
    () => firstSteps(servers.items.values(), deployments.items.values()),
    [servers.items, deployments.items],
  );
  const known = servers.ready && deployments.ready;
  const shown = known && !dismissed && !steps.done && can.includes("server.create");
  return {
    steps: shown ? steps : undefined,
    alone: shown && steps.alone,
    dismiss: () => setDismissed(true),
  };
}
