import { expect, test } from "vitest";
import type { Activity } from "~/api/types";
import { linesOf } from "./lines";

const activity = (id: string, target: string, more: object = {}): Activity =>
  ({
    id,
    operation: "build.run",
    what: { type: "build", id: target, name: target },
    state: "running",
    waiting_for: "",
    server: "",
    ...more,
  }) as unknown as Activity;
const ids = (list: readonly Activity[]) => list.map((each) => each.id).join("");
const queued = (ahead: string) => ({ state: "queued", waiting_for: ahead });

test("what waits stands behind what it waits for, in its turn", () => {
  const lines = linesOf([
    activity("c", "site", queued("a, b")),
    activity("a", "worker", { server: "ci-1" }),
    activity("b", "docs", queued("a")),
    activity("d", "api", { server: "web-1" }),
  ]);
  expect(lines.map((line) => [line.id, ids(line.running), ids(line.waiting)])).toEqual([
    ["a", "a", "bc"],
    ["d", "d", ""],
  ]);
});

test("a line of one target is called after it, one of several after the server they share", () => {
  const [one] = linesOf([activity("a", "api", { server: "web-1" }), activity("b", "api", queued("a"))]);
  expect(one?.about).toMatchObject({ name: "api" });
  const [shared] = linesOf([activity("a", "worker", { server: "ci-1" }), activity("b", "docs", queued("a"))]);
  expect(shared?.about).toEqual({ server: "ci-1" });
});

test("behind something that may not be seen there is still one line a target", () => {
  const lines = linesOf([activity("b", "api", queued("?")), activity("c", "api", queued("?, b"))]);
  expect(lines).toHaveLength(1);
  expect(ids(lines[0]?.waiting ?? [])).toBe("bc");
  expect(linesOf([])).toEqual([]);
});
