import { expect, test } from "vitest";
import { clockSkew, type FileSystem, ordered } from "./host";

test("the fullest file systems come first", () => {
  const disk = (mount: string, used: number): FileSystem => ({ mount, device: "", total: 100, used });
  const all = [disk("/b", 45), disk("/a", 45), disk("/full", 93), disk("/boot", 12)];
  expect(ordered(all).map((one) => one.mount)).toEqual(["/full", "/a", "/b", "/boot"]);
});

test("clocks that agree within seconds agree", () => {
  expect(clockSkew("2026-01-01T00:00:03Z", Date.parse("2026-01-01T00:00:00Z") / 1000)).toBe(0);
  expect(clockSkew("2026-01-01T00:03:00Z", Date.parse("2026-01-01T00:00:00Z") / 1000)).toBe(180);
  expect(clockSkew("2026-01-01T00:03:00Z", undefined)).toBe(0);
});
