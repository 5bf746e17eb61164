import { expect, test } from "vitest";
import { KEYS, withCtrl } from "./keys";

test("Ctrl makes control characters of letters and leaves the rest alone", () => {
  expect([withCtrl("c"), withCtrl("C"), withCtrl("d"), withCtrl("["), withCtrl(" ")]).toEqual([
    "\u0003",
    "\u0003",
    "\u0004",
    "\u001b",
    "\u0000",
  ]);
  expect([withCtrl("1"), withCtrl("\u00e9"), withCtrl("\u001b[A"), withCtrl("")]).toEqual([
    "1",
    "\u00e9",
    "\u001b[A",
    "",
  ]);
});

test("every key of the bar has a name of its own", () => {
  expect(new Set(KEYS.map(({ name }) => name)).size).toBe(KEYS.length);
});
