import { describe, expect, it } from "vitest";
import { activity, step } from "./example";
import { segments, through } from "./progress";

const expected = [
  { name: "pull", seconds: 10 },
  { name: "create", seconds: 1 },
  { name: "start", seconds: 1 },
  { name: "verify", seconds: undefined },
];
const at = (seconds: number) => Date.parse("2026-11-26T21:04:00Z") + seconds * 1000;
const states = (parts: ReturnType<typeof segments>) => parts.map((part) => `${part.name} ${part.state}`);

describe("segments", () => {
  it("shows what is to come, as wide as it took last time", () => {
    const parts = segments(activity({ state: "queued" }), expected, at(0));
    expect(states(parts)).toEqual(["pull todo", "create todo", "start todo", "verify todo"]);
    expect(parts[0]?.share).toBeGreaterThan(parts[3]?.share ?? 1);
    expect(parts.reduce((sum, part) => sum + part.share, 0)).toBeCloseTo(1);
    expect(through(parts)).toBe(0);
  });

  it("fills the running step by its expected time and never quite", () => {
    const running = activity({ steps: [step("pull", 0, 10), step("create", 10)] });
    expect(segments(running, expected, at(10.5))[1]?.filled).toBeCloseTo(0.5);
    expect(segments(running, expected, at(500))[1]?.filled).toBeLessThan(1);
    expect(states(segments(running, expected, at(11)))).toEqual([
      "pull done",
      "create now",
      "start todo",
      "verify todo",
    ]);
  });

  it("leaves out a step that was passed over", () => {
    const running = activity({ steps: [step("create", 0)] });
    expect(states(segments(running, expected, at(1)))).toEqual(["create now", "start todo", "verify todo"]);
  });

  it("shows an ended one as it went", () => {
    const failed = activity({ state: "failed", steps: [step("pull", 0, 2), step("create", 2, 1, "failed")] });
    expect(states(segments(failed, [], at(99)))).toEqual(["pull done", "create failed"]);
    const cut = activity({ state: "interrupted", steps: [step("pull", 0)] });
    expect(states(segments(cut, [], at(99)))).toEqual(["pull stopped"]);
    expect(through(segments(cut, [], at(99)))).toBe(1);
  });

  it("moves on although nobody knows how long it takes", () => {
    const first = activity({ steps: [step("pull", 0)] });
    const early = through(segments(first, [], at(2)));
    const late = through(segments(first, [], at(60)));
    expect(early).toBeGreaterThan(0);
    expect(late).toBeGreaterThan(early);
    expect(late).toBeLessThan(1);
  });
});
