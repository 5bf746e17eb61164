import { describe, expect, it } from "vitest";
import { concerns, endedBetween } from "./ended";
import type { Collection } from "./store";
import type { Activity } from "./types";

const AT = "2026-01-01T00:00:00Z";

type Told = [id: string, operation: string, ended?: string];

function record(...told: Told[]): Collection<Activity> {
  const items = told.map(([id, operation, ended]): [string, Activity] => [
    id,
    { id, operation, ended: ended ?? null } as Activity,
  ]);
  return { items: new Map(items), ready: true, problem: undefined, changed: new Map() };
}

const UNKNOWN: Collection<Activity> = { ...record(), ready: false };

describe("endedBetween", () => {
  it("tells nothing of what the first snapshot holds", () => {
    expect(endedBetween(UNKNOWN, record(["1", "user.update", AT]))).toEqual(new Set());
  });

  it("tells what was open and what nobody knew", () => {
    const before = record(["1", "build.run"], ["2", "user.create", AT]);
    const after = record(["1", "build.run", AT], ["2", "user.create", AT], ["3", "grant.give", AT]);
    expect(endedBetween(before, after)).toEqual(new Set(["build.run", "grant.give"]));
  });

  it("tells nothing of what goes on, nor twice of the same", () => {
    const before = record(["1", "build.run"], ["2", "user.create", AT]);
    expect(
      endedBetween(before, record(["1", "build.run"], ["2", "user.create", AT], ["3", "key.create"])),
    ).toEqual(new Set());
  });

  it("tells of an empty record's first", () => {
    expect(endedBetween(record(), record(["1", "user.create", AT]))).toEqual(new Set(["user.create"]));
  });

  it("takes an open one that a new snapshot lacks for ended", () => {
    const before = record(["1", "build.run"], ["2", "user.create", AT]);
    expect(endedBetween(before, record(["2", "user.create", AT]))).toEqual(new Set(["build.run"]));
  });

  it("takes anything for ended where a new snapshot does not reach back", () => {
    expect(endedBetween(record(["1", "user.create", AT]), record(["8", "build.run"]))).toBe("any");
  });
});

describe("concerns", () => {
  it("goes by how operations begin", () => {
    expect(concerns(new Set(["user.create"]), ["grant.", "user."])).toBe(true);
    expect(concerns(new Set(["user.create"]), ["grant."])).toBe(false);
    expect(concerns("any", ["grant."])).toBe(true);
    expect(concerns("any", [])).toBe(false);
  });
});
