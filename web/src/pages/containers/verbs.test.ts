import { expect, test } from "vitest";
import { hindrance, VERBS } from "./verbs";

test("what makes sense in each state", () => {
  const able = (state: string) => VERBS.filter((verb) => hindrance(verb, { state }) === undefined);
  expect(able("running")).toEqual(["stop", "restart", "pause", "kill", "remove"]);
  expect(able("paused")).toEqual(["stop", "restart", "unpause", "kill", "remove"]);
  expect(able("exited")).toEqual(["start", "restart", "remove"]);
  expect(able("removing")).toEqual([]);
});
