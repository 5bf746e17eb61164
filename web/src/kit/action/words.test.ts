import { expect, it } from "vitest";
import type { Resource } from "~/api/types";
import { proofOf, targetsOf } from "./words";

const api = { id: "1", name: "api" } as Resource;
const web = { id: "2", name: "web" } as Resource;

it("wants the name of one and the number of many", () => {
  expect([targetsOf([api]), proofOf("Delete", [api])]).toEqual(["api", "api"]);
  expect([targetsOf([api, web]), proofOf("Delete", [api, web])]).toEqual(["2 at once", "delete 2"]);
});
