import { expect, test } from "vitest";
import type { Activity } from "~/api/types";
import { csvOf } from "./csv";

const activity = (more: object): Activity =>
  ({
    id: "A",
    created: "2026-11-26T20:00:00Z",
    started: null,
    ended: null,
    who: { kind: "user", id: "1", name: "ana" },
    origin: "ui",
    operation: "deployment.deploy",
    what: { type: "deployment", id: "2", name: "api" },
    state: "failed",
    summary: "",
    error: "",
    changes: [],
    ...more,
  }) as unknown as Activity;

test("commas, quotes and lines stay inside of their field", () => {
  const [, line] = csvOf([activity({ error: 'exit 1, "npm"\nnext' })]).split("\r\n");
  expect(line).toContain('"exit 1, ""npm""\nnext"');
});

test("what a host wrote becomes no formula", () => {
  expect(csvOf([activity({ summary: "=HYPERLINK(1)" })])).toContain(",'=HYPERLINK(1),");
});
