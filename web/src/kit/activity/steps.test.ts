import { expect, it } from "vitest";
import { activity, step } from "./example";
import { meanwhile, stepTitle } from "./steps";

it("has a title for every step, known or not", () => {
  expect(stepTitle("deployment.deploy", "verify")).toBe("Wait until it stays up");
  expect(stepTitle("stack.deploy", "pull_images")).toBe("Pull images");
  expect(stepTitle("stack.deploy", "")).toBe("Before the first step");
});

it("promises only what is true at that step", () => {
  const during = (name: string) => meanwhile(activity({ steps: [step(name, 0)] }));
  expect(during("create")).toContain("runs on");
  expect(during("verify")).toContain("comes back");
  expect(during("remove")).toContain("stays");
  expect(meanwhile(activity({ state: "queued" }))).toBe("Nothing has been changed yet");
  expect(meanwhile(activity({ cancel_requested: true }))).toContain("put back");
  expect(meanwhile(activity({ state: "succeeded" }))).toBe("");
});
