import { expect, test } from "vitest";
import type { Run } from "~/kit/runs";
import type { Tone } from "~/kit/State";
import type { Known } from "~/resources/ui";
import { calmOf, inOrder, lingering, type Placed, troublesOf } from "./troubles";

const known = (id: string, runs: string[] = []): Known =>
  ({
    resource: { id, name: id, tags: [], names: {} },
    open: [],
    runs: runs.map((activity) => ({ activity }) as Run),
  }) as unknown as Known;
const placed = (id: string, tone: Tone, since: string | null = null, past = false): Placed => ({
  known: known(id, past ? ["A"] : []),
  trouble: {
    id,
    tone,
    word: "",
    type: "server",
    resource: known(id).resource,
    cause: "",
    since,
    steps: past ? [{ kind: "watch", activity: "A" }] : [],
  },
});
const ids = (all: readonly Placed[]) => all.map(({ trouble }) => trouble.id).join(" ");
const at = (minute: number) => `2026-11-26T20:${String(minute).padStart(2, "0")}:00Z`;

const FAILED = placed("failed", "bad", at(50), true);
const OLD = placed("old", "bad", at(10));
const NEW = placed("new", "bad", at(40));
const DISK = placed("disk", "warn");

test("what is wrong now comes before what failed once, the newest of equals first", () => {
  expect(ids(inOrder([FAILED, DISK, OLD, NEW], [], false))).toBe("new old disk failed");
});

test("what is down comes before disks that are nearly full, though people were alerted of these lately", () => {
  const full = placed("full", "bad", at(55));
  const looming = {
    ...full,
    trouble: { ...full.trouble, looms: true, alert: { id: "A", acknowledgedBy: "" } },
  };
  expect(ids(inOrder([looming, OLD, DISK], [], false))).toBe("old full disk");
});

test("a trouble that begins anew keeps its place", () => {
  const again = placed("old", "bad", at(55));
  expect(ids(inOrder([again, NEW, DISK], ["new", "old", "disk"], false))).toBe("new old disk");
});

test("a worse one pushes in, unless somebody points at the rows", () => {
  const before = ["old", "disk"];
  expect(ids(inOrder([OLD, DISK, NEW], before, false))).toBe("new old disk");
  expect(ids(inOrder([OLD, DISK, NEW], before, true))).toBe("old disk new");
});

test("one that gets worse moves up, but not below the pointer", () => {
  const worse = placed("disk", "bad");
  expect(ids(inOrder([worse, FAILED], ["failed", "disk"], false))).toBe("disk failed");
  expect(ids(inOrder([worse, FAILED], ["failed", "disk"], true))).toBe("failed disk");
});

test("what is well is counted by type, what is neither by its word", () => {
  const world = new Map([
    ["server", [known("a"), known("b"), known("c")]],
    ["deployment", [known("d"), known("e"), known("f")]],
    ["build", []],
  ]);
  const troubles = troublesOf(world, (_, each) =>
    each.resource.id === "a" ? [placed("a", "bad").trouble] : [],
  );
  const calm = calmOf(world, troubles, (_, each) =>
    "ef".includes(each.resource.id) ? { tone: "off", word: "Stopped" } : { tone: "ok", word: "Ok" },
  );
  expect(calm).toEqual({
    well: [
      { type: "server", count: 2 },
      { type: "deployment", count: 1 },
    ],
    aside: [{ word: "Stopped", count: 2 }],
  });
});

test("what is over for a moment only does not flicker", () => {
  const world = new Map([["server", [OLD.known, NEW.known]]]);
  const first = lingering([OLD, NEW], world, new Map(), 0, 5000);
  const second = lingering([NEW], world, first.seen, 2000, 5000);
  expect([ids(second.there), second.until]).toEqual(["new old", 5000]);
  const again = lingering([NEW, OLD], world, second.seen, 3000, 5000);
  expect([ids(again.there), again.until]).toEqual(["new old", undefined]);
  const over = lingering([NEW], world, again.seen, 8000, 5000);
  expect([ids(over.there), over.until]).toEqual(["new", undefined]);
});

test("of what is gone nothing is wrong", () => {
  const first = lingering([OLD], new Map([["server", [OLD.known]]]), new Map(), 0, 5000);
  expect(lingering([], new Map([["server", []]]), first.seen, 10, 5000).there).toEqual([]);
});
