/** Standing: how an activity stands, in one word. */
import type { Activity } from "~/api/types";
import type { Standing } from "~/kit/State";

export function activityStanding(activity: Activity): Standing {
  switch (activity.state) {
    case "queued":
      return { tone: "off", word: activity.cancel_requested ? "Cancelling" : "Waiting" };
    case "running":
      return { tone: "busy", word: activity.cancel_requested ? "Cancelling" : "Running" };
    case "succeeded":
      return { tone: "ok", word: "Succeeded" };
    case "failed":
      return withReason({ tone: "bad", word: "Failed" }, activity.error);
    case "cancelled":
      return withReason({ tone: "off", word: "Cancelled" }, activity.error);
    case "interrupted":
      return withReason({ tone: "warn", word: "Interrupted" }, activity.error);
  }
}

function withReason(standing: Standing, reason: string): Standing {
  return reason ? { ...standing, reason } : standing;
}
