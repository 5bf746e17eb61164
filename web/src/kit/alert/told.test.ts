import { describe, expect, it } from "vitest";
import { becameOf, type Notification, whyOf } from "./told";

const one = (given: Partial<Notification>): Notification => ({
  target: "T1",
  name: "ops",
  at: "2026-11-27T12:00:00Z",
  kind: "event",
  state: "delivered",
  held: null,
  next: null,
  tries: 1,
  stalled: 0,
  error: "",
  ...given,
});

describe("what became of a message", () => {
  it("says nothing more of one that arrived", () => {
    expect(becameOf(one({}))).toEqual({ tone: "ok", word: "Delivered" });
    expect(whyOf(one({}))).toBe("");
  });

  it("says what it waits for", () => {
    expect(whyOf(one({ state: "waiting", tries: 0 }))).toBe("for its turn");
    expect(whyOf(one({ state: "waiting", held: "quiet" }))).toBe("for the end of quiet hours");
    expect(whyOf(one({ state: "waiting", held: "maintenance" }))).toBe("for the end of a maintenance");
  });

  it("says that its target takes nothing, and why", () => {
    expect(whyOf(one({ state: "waiting", tries: 0, stalled: 4, error: "no route" }))).toBe(
      "for the target, which took nothing in the last 4 tries, no route",
    );
  });

  it("says how often it was tried and why it failed", () => {
    expect(whyOf(one({ state: "failed", kind: "summary", tries: 3, error: "no route" }))).toBe(
      "with others, 3 tries, no route",
    );
  });
});
