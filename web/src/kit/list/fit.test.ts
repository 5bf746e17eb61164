import { expect, test } from "vitest";
import type { Column } from "./column";
import { fitting, template } from "./fit";

const column = (id: string, more: Partial<Column<string>> = {}): Column<string> => ({
  id,
  label: id,
  value: (item) => item,
  ...more,
});
const columns = [
  column("state", { width: "100px" }),
  column("name", { width: 2 }),
  column("load", { width: "130px" }),
  column("net", { width: "110px", priority: 9 }),
  column("tags", { width: "200px", priority: 3 }),
];
const ids = (width: number) => fitting(columns, width, 38).map((each) => each.id);

test("all of them where there is room, in the order declared", () => {
  expect(ids(900)).toEqual(["state", "name", "load", "net", "tags"]);
});

test("the least important goes first, not the last one", () => {
  expect(ids(620)).toEqual(["state", "name", "load", "tags"]);
  expect(ids(400)).toEqual(["state", "name", "load"]);
});

test("the name stays, however narrow", () => {
  expect(ids(60)).toEqual(["name"]);
});

test("fixed widths grow alike", () => {
  expect(template(columns.slice(0, 2), "38px")).toBe("38px minmax(100px, 100fr) minmax(120px, 280fr)");
});

test("a column that is read at no less goes before it is narrower", () => {
  const where = column("where", { width: 1, least: 184, priority: 1 });
  const all = [column("name"), where, column("rule", { priority: 2 })];
  const shown = (width: number) => fitting(all, width, 0).map((each) => each.id);
  expect(shown(400)).toEqual(["name", "where", "rule"]);
  expect(shown(390)).toEqual(["name", "where"]);
  expect(shown(300)).toEqual(["name"]);
});
