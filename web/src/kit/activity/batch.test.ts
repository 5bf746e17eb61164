import { expect, it } from "vitest";
import { batchOf } from "./batch";
import { activity, operation, typed } from "./example";
import { activityTitle } from "./title";

const restarts = activity({
  operation: "deployment.batch",
  what: null,
  request: JSON.stringify({ op: "deployment.batch", operation: "restart", ids: ["A", "B"] }),
});

it("says what is done with how many", () => {
  expect(batchOf(restarts)).toEqual({ type: "deployment", operation: "deployment.restart", count: 2 });
  const types = [{ ...typed("deployment", [operation("deployment.restart")]), plural: "deployments" }];
  expect(activityTitle(restarts, types)).toBe("Restart 2 deployments");
});

it("is no other activity's, and takes no request for granted", () => {
  expect(batchOf(activity())).toBeUndefined();
  expect(batchOf(activity({ operation: "deployment.batch", request: "{" }))?.count).toBe(0);
});
