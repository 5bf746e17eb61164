/** Send: an operation to its route, its parameters where its method wants them. */
import { type Ask, ask, type Method } from "~/api/http";
import type { Activity, OperationInfo } from "~/api/types";
import type { Params } from "./params";

/** What says nothing: the operation's own default counts. */
const NOTHING: readonly unknown[] = [undefined, null, ""];

/** The operation's answer: the activity of an action, whatever an edit says. Throws `Problem`. */
export function send(operation: OperationInfo, target: string, params: Params = {}): Promise<unknown> {
  const path = operation.path.replace(/^\/api/, "").replace("{target}", encodeURIComponent(target));
  const given = Object.fromEntries(Object.entries(params).filter(([, value]) => !NOTHING.includes(value)));
  const method = operation.method as Method;
  return ask(
    method,
    path,
    method === "GET" || method === "DELETE" ? { query: given as NonNullable<Ask["query"]> } : { body: given },
  );
}

export function isActivity(answer: unknown): answer is Activity {
  return typeof answer === "object" && answer !== null && "operation" in answer && "steps" in answer;
}
