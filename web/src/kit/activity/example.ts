/** Example: an activity for tests, with only what a test says about it. */
import type { Activity, OperationInfo, Step, TypeInfo } from "~/api/types";

export function activity(more: Partial<Activity> = {}): Activity {
  return {
    id: "01A",
    operation: "deployment.deploy",
    who: { kind: "user", id: "U1", name: "ana" },
    what: { type: "deployment", id: "D1", name: "api" },
    origin: "ui",
    state: "running",
    created: "2026-11-26T21:04:00Z",
    started: "2026-11-26T21:04:00Z",
    ended: null,
    summary: "",
    error: "",
    hint: "",
    waiting_for: "",
    turn: null,
    steps: [],
    expected: [],
    changes: [],
    cancel_requested: false,
    server: "S1",
    time_limit: 600,
    parent: "",
    cause: null,
    request: "",
    ...more,
  };
}

/** A step that began so many seconds after the activity and took so long; it runs on without a length. */
export function step(name: string, from: number, length?: number, outcome = "succeeded"): Step {
  const at = (seconds: number) => new Date(Date.parse("2026-11-26T21:04:00Z") + seconds * 1000).toISOString();
  if (length === undefined) return { name, started: at(from), ended: null, outcome: "", exit_code: null };
  return {
    name,
    started: at(from),
    ended: at(from + length),
    outcome,
    exit_code: outcome === "failed" ? 1 : null,
  };
}

export function operation(name: string, more: Partial<OperationInfo> = {}): OperationInfo {
  const [noun = "", verb = ""] = name.split(".");
  return {
    name,
    title: verb.slice(0, 1).toUpperCase() + verb.slice(1).replaceAll("_", " "),
    kind: "action",
    needs: "execute",
    targeted: true,
    method: "POST",
    path: `/api/${noun}s/{target}/${verb}`,
    help: "",
    steps: [],
    meanwhile: "",
    schema: {},
    ...more,
  } as OperationInfo;
}

export function typed(name: string, operations: OperationInfo[]): TypeInfo {
  return {
    name,
    plural: `${name}s`,
    title: name,
    columns: [],
    config: {},
    operations,
    topics: [],
  } as unknown as TypeInfo;
}
