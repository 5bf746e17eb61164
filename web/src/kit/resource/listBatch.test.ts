import { expect, test } from "vitest";
import type { TypeInfo } from "~/api/types";
import type { Known } from "~/resources/ui";
import { batchOffers } from "./listBatch";

const operation = (name: string, kind = "action") => ({
  name: `deployment.${name}`,
  title: name,
  kind,
  targeted: true,
  method: "POST",
  path: "",
  schema: {},
});
const type = {
  name: "deployment",
  operations: [
    operation("delete"),
    operation("update", "edit"),
    operation("start"),
    operation("stop"),
    operation("token", "edit"),
  ],
} as unknown as TypeInfo;
const known = (name: string, can: string[], notNow: Record<string, string> = {}): Known =>
  ({ resource: { id: name, name, can, not_now: notNow }, open: [], runs: [] }) as unknown as Known;
const all = ["deployment.delete", "deployment.start", "deployment.stop", "deployment.token"];

test("each says with which it can be done, and why not with the others", () => {
  const selected = [
    known("a", all, { "deployment.start": "it is running already" }),
    known("b", all, { "deployment.stop": "it is stopped" }),
    known("c", ["deployment.start"]),
  ];
  const found = batchOffers(type, selected).map(({ offer, able, reason }) => [
    offer.operation.name,
    able.map((resource) => resource.name).join(""),
    reason,
  ]);
  expect(found).toEqual([
    ["deployment.start", "bc", "it is running already"],
    ["deployment.stop", "a", "it is stopped"],
    ["deployment.delete", "ab", undefined],
  ]);
});

test("nothing chosen, nothing offered", () => {
  expect(batchOffers(type, [])).toEqual([]);
});
