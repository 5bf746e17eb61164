/** What is wrong with a build, for the overview: its last run. */
import type { Known, Trouble } from "../ui";
import { buildOf, revision, sourceName } from "./words";

export function troubles(known: Known): Trouble[] {
  const last = known.runs.at(-1);
  if (last?.state !== "failed" && last?.state !== "interrupted") return [];
  const build = buildOf(known);
  // The version is made then: only registries lack it.
  const unpushed = last.state === "failed" && (build.info.not_pushed ?? []).length > 0;
  const working = known.open
    .slice(0, 1)
    .map((activity) => ({ kind: "watch" as const, activity: activity.id }));
  return [
    {
      id: `${known.resource.id}/run`,
      tone: last.state === "failed" ? "bad" : "warn",
      word: unpushed ? "Not pushed" : last.state === "failed" ? "Build failed" : "Build interrupted",
      type: "build",
      resource: known.resource,
      where: `${sourceName(build)} ${revision(build)}`.trim(),
      cause: last.error || last.state,
      verbatim: true,
      since: last.ended,
      steps: [
        ...working,
        { kind: "watch", activity: last.activity },
        { kind: "run", operation: unpushed ? "build.push" : "build.run" },
      ],
    },
  ];
}
