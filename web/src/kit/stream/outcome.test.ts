import { expect, test } from "vitest";
import type { Activity } from "~/api/types";
import { behind, changesOf, outcomeOf } from "./outcome";

const activity = (more: object): Activity =>
  ({ operation: "deployment.update", error: "", summary: "", changes: [], ...more }) as unknown as Activity;

test("an error is told by its first line", () => {
  expect(outcomeOf(activity({ error: "exit 1\nnpm ERR!", summary: "x" }))).toBe("exit 1");
  expect(outcomeOf(activity({ summary: "built api:1.4.3" }))).toBe("built api:1.4.3");
});

test("a state is not said twice", () => {
  expect(behind("Cancelled", "cancelled in step build")).toBe("in step build");
  expect(behind("Failed", "docker build failed: no such image")).toBe("docker build failed: no such image");
});

test("something new is told by what it began with, an edit by what it changed", () => {
  const detail = () => "timeout 10 → 30";
  const born = activity({
    operation: "deployment.create",
    changes: [
      { field: "name", before: "null", after: '"api"' },
      { field: "config.stop_timeout", before: "null", after: "10" },
    ],
  });
  expect(changesOf(born, detail)).toBe("name, stop timeout");
  const edited = activity({ changes: [{ field: "config.stop_timeout", before: "10", after: "30" }] });
  expect(changesOf(edited, detail)).toBe("timeout 10 → 30");
});
