/** Batch: what an activity that leads others is about: which operation, on how many. */
import type { Activity } from "~/api/types";

export interface BatchAsked {
  /** `deployment.restart`. */
  operation: string;
  type: string;
  count: number;
}

/** Whether it does nothing but have others run. */
export function leads({ operation }: Activity): boolean {
  return operation === "build.redeploy" || operation.endsWith(".batch");
}

/** Undefined for any other activity. */
export function batchOf(activity: Activity): BatchAsked | undefined {
  const [type = "", verb] = activity.operation.split(".");
  if (verb !== "batch") return undefined;
  const { operation, ids } = asked(activity.request);
  return {
    type,
    operation: `${type}.${typeof operation === "string" ? operation : ""}`,
    count: Array.isArray(ids) ? ids.length : 0,
  };
}

function asked(request: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(request);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
