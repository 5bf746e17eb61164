import { expect, test } from "vitest";
import { entriesOf } from "./groups";

const rows = ["x/b", "shop/2", "lone", "x/a", "shop/10"];
const idOf = (row: string) => row;
const groupBy = {
  of: (row: string) => (row.includes("/") ? (row.split("/")[0] ?? "") : ""),
  none: "No project",
};
const shape = (folded: string[] = []) =>
  entriesOf(rows, idOf, groupBy, new Set(folded)).map((entry) => entry.id);

test("rows stand under their group in the order they had, those of none last", () => {
  expect(shape()).toEqual(["group:shop", "shop/2", "shop/10", "group:x", "x/b", "x/a", "group:", "lone"]);
});

test("groups can stand as their first rows do", () => {
  const heads = entriesOf(rows, idOf, { ...groupBy, asListed: true }, new Set(["x", "shop", ""]));
  expect(heads.map((entry) => entry.id)).toEqual(["group:x", "group:shop", "group:"]);
});

test("a folded group shows its heading alone, which still knows its rows", () => {
  expect(shape(["shop", ""])).toEqual(["group:shop", "group:x", "x/b", "x/a", "group:"]);
  const [head] = entriesOf(rows, idOf, groupBy, new Set(["shop"]));
  expect(head?.kind === "group" && head.ids).toEqual(["shop/2", "shop/10"]);
});

test("without groups every row is an entry", () => {
  expect(entriesOf(rows, idOf, undefined, new Set()).map((entry) => entry.id)).toEqual(rows);
});
