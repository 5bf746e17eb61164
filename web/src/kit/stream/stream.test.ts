import { expect, test } from "vitest";
import type { Activity } from "~/api/types";
import { type ActivityPage, entriesOf, matches, merged, preview, split, totalOf } from "./stream";

const activity = (id: string, more: object = {}): Activity =>
  ({
    id,
    operation: "deployment.deploy",
    who: { kind: "user", id: "ana", name: "ana" },
    what: { type: "deployment", id: "api", name: "api" },
    state: "succeeded",
    created: "2026-11-26T20:00:00Z",
    ...more,
  }) as unknown as Activity;
const page = (ids: string[], next = "", total = 100): ActivityPage => ({
  items: ids.map((id) => activity(id)),
  next,
  total,
});
const live = (...all: Activity[]) => new Map(all.map((each) => [each.id, each]));
const ids = (list: readonly Activity[]) => list.map((each) => each.id).join("");

test("what arrives stands at the head, once", () => {
  const list = merged([page(["d", "c"], "c")], live(activity("e"), activity("d", { state: "failed" })), {});
  expect(ids(list)).toBe("edc");
  expect(list[1]?.state).toBe("failed");
});

test("an open one older than what was asked for waits for its page", () => {
  const open = activity("a", { state: "running" });
  expect(ids(merged([page(["d", "c"], "c")], live(open), {}))).toBe("dc");
  expect(ids(merged([page(["d", "c"], "c"), page(["b", "a"])], live(open), {}))).toBe("dcba");
});

test("a page scanned without a find still says how far it went", () => {
  const list = merged([page(["d"], "d"), page([], "b")], live(activity("c"), activity("a")), {});
  expect(ids(list)).toBe("dc");
});

test("only what matches is shown, and what no longer does goes", () => {
  const filters = { state: "running" };
  const asked: ActivityPage = { items: [activity("b", { state: "running" })], next: "", total: 1 };
  expect(ids(merged([asked], live(), filters))).toBe("b");
  expect(ids(merged([asked], live(activity("b"), activity("c")), filters))).toBe("");
  expect(matches(activity("a", { what: null }), { resource: "api" })).toBe(false);
  expect(matches(activity("a"), { type: "deployment", user: "ana", operation: "deployment.deploy" })).toBe(
    true,
  );
});

test("before the first page only the newest of everything are known", () => {
  const many = live(...Array.from({ length: 60 }, (_, i) => activity(String(i + 100))));
  const list = preview(many, {});
  expect([list.length, list[0]?.id]).toEqual([50, "159"]);
  expect(preview(many, { state: "succeeded" })).toEqual([]);
});

test("the total grows with what arrives", () => {
  const pages = [page(["d", "c"], "c", 7)];
  expect(totalOf(pages, merged(pages, live(activity("e"), activity("f")), {}))).toBe(9);
  expect(totalOf([], [])).toBe(0);
});

test("each day has one heading", () => {
  const list = [
    activity("c"),
    activity("b", { created: "2026-11-25T09:00:00Z" }),
    activity("a", { created: "2026-11-25T08:00:00Z" }),
  ];
  const kinds = entriesOf(list, (at) => at.slice(0, 10)).map((entry) => entry.id);
  expect(kinds).toEqual(["day:2026-11-26", "c", "day:2026-11-25", "b", "a"]);
});

test("who reads further down is not moved by what arrives", () => {
  const list = ["e", "d", "c"].map((id) => activity(id));
  expect(split(list, "d")).toMatchObject({ held: 1 });
  expect(ids(split(list, "d").shown)).toBe("dc");
  expect(split(list, undefined).held).toBe(0);
  expect(ids(split(list, "z").shown)).toBe("edc");
});
