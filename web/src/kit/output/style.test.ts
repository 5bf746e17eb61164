import { expect, it } from "vitest";
import { PLAIN, restyle, type Style } from "./style";

const after = (...sequences: string[]): Style => sequences.reduce<Style>(restyle, PLAIN);

it("knows names, bright names and decorations, and takes them back", () => {
  expect(after("1;31")).toEqual({ bold: true, fg: 1 });
  expect(after("95;100")).toEqual({ fg: 13, bg: 8 });
  expect(after("2;3;4;7;9")).toEqual({
    dim: true,
    italic: true,
    underline: true,
    inverse: true,
    strike: true,
  });
  expect(after("1;2;31;42", "22;39;49")).toEqual({});
  expect(after("1;4", "24")).toEqual({ bold: true });
});

it("resets, also in the middle of a sequence", () => {
  expect(after("31;1", "")).toBe(PLAIN);
  expect(after("31;1", "0;32")).toEqual({ fg: 2 });
  expect(after("31", ";1")).toEqual({ bold: true });
});

it("knows 256 colours and true ones, with semicolons and with colons", () => {
  expect(after("38;5;208")).toEqual({ fg: "255 135 0" });
  expect(after("38;5;9")).toEqual({ fg: 9 });
  expect(after("48;5;240")).toEqual({ bg: "88 88 88" });
  expect(after("38;2;120;200;255;1")).toEqual({ fg: "120 200 255", bold: true });
  expect(after("38:5:208")).toEqual({ fg: "255 135 0" });
  expect(after("38:2::120:200:255")).toEqual({ fg: "120 200 255" });
  expect(after("38:2:120:200:255")).toEqual({ fg: "120 200 255" });
  expect(after("4:3", "4:0")).toEqual({});
});

it("takes nonsense for nothing", () => {
  expect(after("38;5;300")).toEqual({});
  expect(after("38;2;1;2")).toEqual({});
  expect(after("38;5")).toEqual({});
  expect(after("38")).toEqual({});
  expect(after("999;abc;-1")).toEqual({});
});
