import { expect, test } from "vitest";
import { Problem } from "~/api/http";
import { split } from "./wrong";

const problem = (paths: string[]) =>
  new Problem({
    type: "t",
    title: "Invalid",
    status: 422,
    detail: "the request is wrong",
    code: "invalid",
    errors: paths.map((path) => ({ path, message: `bad ${path}` })),
  });

test("each field gets its own word", () => {
  expect(split(problem(["name", "password"]), ["name", "password"])).toEqual({
    problem: undefined,
    wrong: { name: "bad name", password: "bad password" },
  });
});

test("what is about no field shown is said of the whole", () => {
  const found = split(problem(["name", "other"]), ["name"]);
  expect(found.wrong).toEqual({ name: "bad name" });
  expect(found.problem?.body.errors).toEqual([{ path: "other", message: "bad other" }]);
});

test("a refusal without fields stays whole", () => {
  const whole = problem([]);
  expect(split(whole, ["name"]).problem).toBe(whole);
  expect(split(undefined, ["name"])).toEqual({ problem: undefined, wrong: {} });
});
