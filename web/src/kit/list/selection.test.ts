import { expect, test } from "vitest";
import { NOTHING, ranged, toggled, toggledAll } from "./selection";

const order = ["a", "b", "c", "d", "e"];
const of = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].sort().join("");

test("a row is switched on and off", () => {
  const one = toggled(NOTHING, "b");
  expect(of(one)).toBe("b");
  expect(of(toggled(one, "b"))).toBe("");
});

test("a range goes from the row chosen last, and shrinks again", () => {
  const begun = toggled(toggled(NOTHING, "e"), "b");
  const wide = ranged(begun, order, "d");
  expect(of(wide)).toBe("bcde");
  expect(of(ranged(wide, order, "c"))).toBe("bce");
  expect(of(ranged(wide, order, "a"))).toBe("abe");
});

test("a range from nowhere begins where it is asked for", () => {
  const begun = ranged(NOTHING, order, "c");
  expect(of(begun)).toBe("c");
  expect(of(ranged(begun, order, "e"))).toBe("cde");
});

test("all on, then all off; others are left alone", () => {
  const some = toggled(NOTHING, "z");
  const all = toggledAll(some, ["a", "b"]);
  expect(of(all)).toBe("abz");
  expect(of(toggledAll(all, ["a", "b"]))).toBe("z");
});
