import { expect, test } from "vitest";
import { commandOf } from "./keys";

const press = (key: string, more: object = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

test("letters work anywhere, arrows only at the rows", () => {
  expect(commandOf(press("j"), false)).toEqual({ do: "move", by: 1, extend: false });
  expect(commandOf(press("ArrowDown"), false)).toBeUndefined();
  expect(commandOf(press("ArrowDown", { shiftKey: true }), true)).toEqual({
    do: "move",
    by: 1,
    extend: true,
  });
});

test("the browser's own shortcuts stay its own", () => {
  expect(commandOf(press("a", { ctrlKey: true }), true)).toBeUndefined();
  expect(commandOf(press("x", { metaKey: true }), true)).toBeUndefined();
});

test("shift chooses up to here", () => {
  expect(commandOf(press("X", { shiftKey: true }), false)).toEqual({ do: "extend" });
  expect(commandOf(press(" ", { shiftKey: true }), true)).toEqual({ do: "extend" });
  expect(commandOf(press(" "), true)).toEqual({ do: "select" });
});
