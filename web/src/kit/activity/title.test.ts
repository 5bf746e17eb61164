import { expect, it } from "vitest";
import { activity, operation, typed } from "./example";
import { activityTitle, verbOf, versionOf } from "./title";

const types = [
  typed("deployment", [operation("deployment.deploy"), operation("deployment.delete")]),
  typed("build", [operation("build.run")]),
];

it("names what it did and what to", () => {
  expect(activityTitle(activity(), types)).toBe("Deploy api");
  expect(activityTitle(activity({ operation: "build.run" }), types)).toBe("Build api");
  expect(activityTitle(activity({ operation: "deployment.update" }), types)).toBe("Edit api");
  expect(activityTitle(activity({ operation: "deployment.create" }), types)).toBe("Add deployment api");
  expect(activityTitle(activity({ operation: "deployment.delete" }), types)).toBe("Delete deployment api");
});

it("names the version once it is known", () => {
  const deployed = activity({
    state: "succeeded",
    summary: "deployed registry:5000/team/api:1.4.3, away 0.8 s",
  });
  expect(activityTitle(deployed, types)).toBe("Deploy api 1.4.3");
  expect(versionOf(activity({ summary: "built hello:0.0.1 from 8c27bca0e1" }))).toBe("0.0.1");
  expect(versionOf(activity({ summary: "deployed nginx" }))).toBe("");
  expect(versionOf(activity({ summary: "container is running" }))).toBe("");
});

it("has words for what belongs to no type, and for what nobody foresaw", () => {
  const ana = { type: "user", id: "U1", name: "ana" };
  expect(activityTitle(activity({ operation: "session.sign_in", what: ana }), types)).toBe("Sign in");
  expect(
    activityTitle(activity({ operation: "user.delete", what: { ...ana, id: "U2", name: "kai" } }), types),
  ).toBe("Delete user kai");
  expect(activityTitle(activity({ operation: "stack.pull_images", what: null }), types)).toBe("Pull images");
  expect(verbOf("odd", types)).toBe("");
});
