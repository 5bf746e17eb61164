import { describe, expect, it } from "vitest";
import { activity, operation, step, typed } from "./example";
import { expectedSteps, meanwhile, stepTitle } from "./steps";

const info = (name: string, said = "") => ({ name, title: `The ${name}`, meanwhile: said });
const STEPS = [
  info("pull"),
  info("create"),
  info("park", "comes back"),
  info("start", "comes back"),
  info("verify"),
  info("rename"),
  info("remove", "stays"),
];
const DEPLOY = operation("deployment.deploy", { steps: STEPS, meanwhile: "runs on" });
const TYPES = [typed("deployment", [DEPLOY])];

it("has a title for every step, known or not", () => {
  expect(stepTitle(TYPES, "deployment.deploy", "verify")).toBe("The verify");
  expect(stepTitle(TYPES, "stack.deploy", "pull_images")).toBe("Pull images");
  expect(stepTitle(TYPES, "stack.deploy", "")).toBe("Before the first step");
});

it("promises only what is true at that step", () => {
  const during = (name: string) => meanwhile(activity({ steps: [step(name, 0)] }), TYPES);
  expect(during("create")).toBe("runs on");
  expect(during("start")).toBe("comes back");
  expect(during("remove")).toBe("stays");
  expect(meanwhile(activity({ state: "queued" }), TYPES)).toBe("Nothing has been changed yet");
  expect(meanwhile(activity({ cancel_requested: true }), TYPES)).toContain("put back");
  expect(meanwhile(activity({ state: "succeeded" }), TYPES)).toBe("");
});

describe("the steps to come", () => {
  const names = (...given: Parameters<typeof expectedSteps>) =>
    expectedSteps(...given).map((one) => one.name);

  it("are those its job was made for, as long as they took last time", () => {
    const running = activity({ expected: ["create", "start", "verify"] });
    expect(expectedSteps(running, TYPES, [step("create", 0, 2)])).toEqual([
      { name: "create", seconds: 2 },
      { name: "start", seconds: undefined },
      { name: "verify", seconds: undefined },
    ]);
  });

  it("are all, or those of last time, while nobody knows better", () => {
    expect(names(activity({ state: "queued" }), TYPES, [])).toHaveLength(STEPS.length);
    expect(names(activity({ state: "queued" }), TYPES, [step("create", 0, 2)])).toEqual(["create"]);
    expect(names(activity({ operation: "stack.deploy" }), TYPES, [])).toEqual([]);
  });

  it("take a step nobody expected where it belongs", () => {
    const running = activity({
      expected: ["create", "start", "rename"],
      steps: [step("create", 0, 1), step("park", 1)],
    });
    expect(names(running, TYPES, [])).toEqual(["create", "park", "start", "rename"]);
  });
});
