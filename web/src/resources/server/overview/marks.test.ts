import { expect, test, vi } from "vitest";
import type { Activity } from "~/api/types";
import { marksOf } from "./marks";

test("deploys and builds on this server are marked, nothing else", () => {
  const activity = (more: object): Activity =>
    ({
      id: "A",
      operation: "deployment.deploy",
      server: "S",
      state: "succeeded",
      ended: "2026-01-01T00:01:00Z",
      who: { name: "ana" },
      what: { name: "api" },
      ...more,
    }) as unknown as Activity;
  const open = vi.fn();
  const marks = marksOf(
    [
      activity({ id: "B", operation: "build.run", ended: "2026-01-01T00:00:00Z", state: "failed" }),
      activity({}),
      activity({ server: "other" }),
      activity({ ended: null, state: "running" }),
      activity({ operation: "deployment.update" }),
    ],
    "S",
    open,
  );
  expect(marks.map((mark) => mark.label)).toEqual(["ana built api: failed", "ana deployed api"]);
  marks[0]?.open?.();
  expect(open).toHaveBeenCalledWith("B");
});
