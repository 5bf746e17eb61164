/** Rows: versions and the runs that made none, as one list, newest first. */
import type { Run } from "~/kit/runs";
import type { Version } from "./useVersions";

export type Row = { at: number } & (
  | { kind: "version"; version: Version }
  /** It failed, was cancelled or interrupted before there was an image. */
  | { kind: "run"; run: Run }
);

export function rowsOf(versions: readonly Version[], runs: readonly Run[]): Row[] {
  const made = new Set(versions.map((version) => version.activity));
  const rows: Row[] = versions.map((version) => ({
    kind: "version",
    version,
    at: Date.parse(version.built),
  }));
  for (const run of runs) {
    const fruitless =
      run.operation.startsWith("build.run") && run.state !== "succeeded" && !made.has(run.activity);
    if (fruitless) rows.push({ kind: "run", run, at: Date.parse(run.ended) });
  }
  return rows.sort((a, b) => b.at - a.at);
}

/** `sha256:0a1b2c3d4e5f` of the whole digest. */
export function shortDigest(digest: string): string {
  const [kind, hash = ""] = digest.split(":");
  return hash ? `${kind}:${hash.slice(0, 12)}` : digest;
}
