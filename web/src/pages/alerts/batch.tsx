/** Batch: what can be done with the alerts that are chosen. */
import { AcknowledgeForm } from "~/kit/alert/AcknowledgeForm";
import { takeBack } from "~/kit/alert/act";
import type { Alert } from "~/kit/alert/alert";
import type { BatchAction } from "~/kit/list/batch";

/** `chosen`: those of them that the viewer may work on. */
export function batchOf(chosen: readonly Alert[]): BatchAction[] {
  const taken = chosen.filter(({ state }) => state === "acknowledged");
  return [
    {
      id: "acknowledge",
      label: "Acknowledge",
      count: chosen.length,
      reason: "Acknowledging takes execute on what an alert is about",
      panel: (close) => <AcknowledgeForm alerts={chosen} close={close} />,
    },
    {
      id: "unacknowledge",
      label: "Take back",
      count: taken.length,
      run: () => void takeBack(taken),
    },
  ];
}
