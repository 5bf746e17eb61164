import { expect, it } from "vitest";
import { activity } from "./example";
import { activityStanding } from "./standing";

it("says of each state how it stands", () => {
  const found = (["queued", "running", "succeeded", "failed", "cancelled", "interrupted"] as const).map(
    (state) => {
      const { tone, word } = activityStanding(activity({ state }));
      return `${tone} ${word}`;
    },
  );
  expect(found).toEqual([
    "off Waiting",
    "busy Running",
    "ok Succeeded",
    "bad Failed",
    "off Cancelled",
    "warn Interrupted",
  ]);
});

it("says why, and that it is being cancelled", () => {
  expect(activityStanding(activity({ state: "failed", error: "no space left" })).reason).toBe(
    "no space left",
  );
  expect(activityStanding(activity({ cancel_requested: true })).word).toBe("Cancelling");
});
