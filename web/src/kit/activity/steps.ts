/** Steps: what the steps of a job are called, which are to come, and what stays true while it runs. */
import type { Activity, OperationInfo, Step, TypeInfo } from "~/api/types";
import { seconds } from "./progress";

/** A step to come, and how long it took last time, if anybody knows. */
export interface Expected {
  name: string;
  seconds: number | undefined;
}

export function declared(types: readonly TypeInfo[], operation: string): OperationInfo | undefined {
  return types.flatMap((type) => type.operations).find((each) => each.name === operation);
}

/** A step as people read it. */
export function stepTitle(types: readonly TypeInfo[], operation: string, step: string): string {
  const said = declared(types, operation)?.steps.find((each) => each.name === step)?.title;
  if (said) return said;
  if (operation.endsWith(".batch")) return "In the order it happened";
  const text = step.replaceAll("_", " ");
  return text ? text.slice(0, 1).toUpperCase() + text.slice(1) : "Before the first step";
}

/**
 * The steps an activity takes, in order: those its job was made for; before that is known, those of the last success of
 * the same kind; where there was none, all the operation has.
 */
export function expectedSteps(
  activity: Activity,
  types: readonly TypeInfo[],
  past: readonly Step[],
): Expected[] {
  const names = declared(types, activity.operation)?.steps.map((step) => step.name) ?? [];
  const before = past.map((step) => step.name);
  const chosen =
    activity.expected.length > 0 ? activity.expected : before.length > 0 || activity.ended ? before : names;
  // A host may go another way than was expected: what it takes stands where its operation has it.
  const taken = new Set([...chosen, ...activity.steps.map((step) => step.name)]);
  const order = names.filter((name) => taken.has(name));
  const ordered = [...order, ...chosen.filter((name) => !order.includes(name))];
  const took = new Map(past.map((step) => [step.name, step.ended ? seconds(step, 0) : undefined]));
  return ordered.map((name) => ({ name, seconds: took.get(name) }));
}

/** What stays true meanwhile, or what a cancellation means; empty where there is nothing to say. */
export function meanwhile(activity: Activity, types: readonly TypeInfo[]): string {
  if (activity.state === "queued") return "Nothing has been changed yet";
  if (activity.state !== "running") return "";
  if (activity.cancel_requested) return "What it had changed is put back";
  const operation = declared(types, activity.operation);
  const now = activity.steps.at(-1)?.name;
  return operation?.steps.find((step) => step.name === now)?.meanwhile || operation?.meanwhile || "";
}
