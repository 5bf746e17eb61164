import { describe, expect, it } from "vitest";
import type { Deployment } from "~/api/types";
import { ruleWords, safeLink, shortNewest } from "./words";

const ruled = (auto_update: unknown) => ({ config: { auto_update } }) as unknown as Deployment;

describe("update words", () => {
  it("shortens digests and leaves versions whole", () => {
    expect(shortNewest(`sha256:${"a".repeat(64)}`)).toBe(`sha256:${"a".repeat(12)}`);
    expect(shortNewest("1.4.2")).toBe("1.4.2");
    expect(shortNewest("")).toBe("");
  });

  it("follows links of the web only", () => {
    expect(safeLink("https://git.example/app")).toBe("https://git.example/app");
    expect(safeLink("javascript:alert(1)")).toBeUndefined();
    expect(safeLink("data:text/html,x")).toBeUndefined();
    expect(safeLink("")).toBeUndefined();
  });

  it("says when it updates by itself", () => {
    expect(ruleWords(ruled({ kind: "off" }))).toBeUndefined();
    expect(ruleWords(ruled({ kind: "daily", start: "03:00", minutes: 60, zone: "UTC" }))).toBe(
      "daily at 03:00 UTC, for 60 min",
    );
    const weekly = {
      kind: "weekly",
      days: ["sat", "sun"],
      start: "04:30",
      minutes: 90,
      zone: "Europe/Berlin",
    };
    expect(ruleWords(ruled(weekly))).toBe("sat, sun at 04:30 Europe/Berlin, for 90 min");
  });
});
