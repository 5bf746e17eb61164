import { expect, it } from "vitest";
import type { Run } from "~/kit/runs";
import { rowsOf, shortDigest } from "./rows";
import type { Version } from "./useVersions";

const version = (activity: string, built: string) => ({ activity, built }) as Version;
const run = (activity: string, ended: string, state: Run["state"], operation = "build.run") =>
  ({ activity, ended, state, operation }) as Run;

it("puts runs that made nothing between the versions, and no other runs", () => {
  const rows = rowsOf(
    [version("c", "2026-01-03T00:00:00Z"), version("a", "2026-01-01T00:00:00Z")],
    [
      run("a", "2026-01-01T00:00:00Z", "succeeded"),
      run("b", "2026-01-02T00:00:00Z", "failed"),
      // It made its version, and could not push it.
      run("c", "2026-01-03T00:00:00Z", "failed"),
      run("p", "2026-01-04T00:00:00Z", "failed", "build.push"),
    ],
  );
  expect(rows.map((row) => (row.kind === "version" ? row.version.activity : row.run.activity))).toEqual([
    "c",
    "b",
    "a",
  ]);
});

it("shortens a digest", () => {
  expect(shortDigest(`sha256:${"0a".repeat(32)}`)).toBe("sha256:0a0a0a0a0a0a");
});
