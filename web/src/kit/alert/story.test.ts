import { expect, test } from "vitest";
import type { Alert } from "./alert";
import { storyOf } from "./story";

const alert = (more: object): Alert =>
  ({
    severity: "critical",
    since: "2026-05-01T08:00:00Z",
    opened: "2026-05-01T08:01:00Z",
    resolved: null,
    acknowledged_at: null,
    acknowledged_by: "",
    moments: [],
    ...more,
  }) as unknown as Alert;
const texts = (more: object) => storyOf(alert(more)).map(({ text }) => text);

test("in the order in which it happened", () => {
  const moments = [
    { at: "2026-05-01T08:01:00Z", change: "opened" },
    { at: "2026-05-01T08:09:00Z", change: "worse" },
    { at: "2026-05-01T08:30:00Z", change: "resolved" },
  ];
  const more = {
    moments,
    resolved: "2026-05-01T08:30:00Z",
    acknowledged_at: "2026-05-01T08:05:00Z",
    acknowledged_by: "ana",
  };
  expect(texts(more)).toEqual([
    "Began: the condition held",
    "Opened",
    "Acknowledged by ana",
    "Became critical",
    "Resolved",
  ]);
});

test("what opened is drawn as grave as it was, where that is known", () => {
  const opened = { at: "2026-05-01T08:01:00Z", change: "opened" };
  const tones = (...more: object[]) => storyOf(alert({ moments: [opened, ...more] })).map(({ tone }) => tone);
  expect(tones()).toEqual(["off", "bad"]);
  expect(tones({ at: "2026-05-01T08:09:00Z", change: "worse" })).toEqual(["off", "warn", "bad"]);
});

test("what was told to nobody happened all the same", () => {
  expect(texts({ resolved: "2026-05-01T08:30:00Z" })).toEqual([
    "Began: the condition held",
    "Opened as critical",
    "Resolved",
  ]);
});
