/** Act: acknowledging alerts, one or many, and taking that back. */
import { ask, Problem } from "~/api/http";
import { inTurns } from "~/kit/action/useRunMany";
import { toast } from "~/kit/toast";
import { plural } from "~/kit/units";
import { type Alert, subjectName } from "./alert";

const AT_ONCE = 4;

export interface Acknowledged {
  /** Empty: until it ends. */
  until: string;
  comment: string;
}

export async function acknowledge(alerts: readonly Alert[], given: Acknowledged): Promise<void> {
  const body = { ...(given.until && { until: given.until }), comment: given.comment };
  await each(alerts, "acknowledge", body, "acknowledged");
}

export async function takeBack(alerts: readonly Alert[]): Promise<void> {
  await each(alerts, "unacknowledge", {}, "open again");
}

async function each(alerts: readonly Alert[], verb: string, body: object, done: string): Promise<void> {
  const refused: { path: string; message: string }[] = [];
  await inTurns(alerts, AT_ONCE, async (alert) => {
    try {
      await ask("POST", `/alerts/${alert.id}/${verb}`, { body });
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      refused.push({ path: subjectName(alert), message: failure.message });
    }
  });
  const worked = alerts.length - refused.length;
  if (refused.length === 0) toast.ok(`${plural(worked, "alert")} ${done}`);
  else
    toast.problem({
      title: `${plural(worked, "alert")} ${done}, ${refused.length} refused`,
      errors: refused,
    });
}
