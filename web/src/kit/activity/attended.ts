/** Attended: activities somebody sits in front of. They keep nothing from being done and take as long as they take. */
import type { Activity } from "~/api/types";

export function isAttended({ operation }: Pick<Activity, "operation">): boolean {
  return operation.endsWith(".terminal");
}
