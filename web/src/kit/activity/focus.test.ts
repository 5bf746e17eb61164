import { expect, it } from "vitest";
import { Lines } from "~/kit/output/lines";
import { focusOf, stepOf } from "./focus";

const numbers = { next: 1 };
const written = (count: number) => {
  const lines = new Lines(numbers);
  lines.append({ stream: "stdout", at: null, text: "x\n".repeat(count) });
  return lines;
};
const steps = new Map([
  ["clone", written(3)],
  ["build", written(20)],
  ["inspect", written(1)],
]);

it("opens what runs, else what failed, else what printed most", () => {
  const parts = (last: "now" | "failed" | "done") => [
    { name: "clone", state: "done" as const },
    { name: "inspect", state: last },
  ];
  expect(focusOf(parts("now"), steps)).toBe("inspect");
  expect(focusOf(parts("failed"), steps)).toBe("inspect");
  expect(focusOf(parts("done"), steps)).toBe("build");
  expect(focusOf([], new Map())).toBeUndefined();
});

it("knows which step printed a line", () => {
  expect(stepOf(steps, 2)).toBe("clone");
  expect(stepOf(steps, 23)).toBe("build");
  expect(stepOf(steps, 24)).toBe("inspect");
  expect(stepOf(steps, 25)).toBeUndefined();
  expect(stepOf(steps, undefined)).toBeUndefined();
});
