import { expect, it } from "vitest";
import { styleOf } from "./colour";

it("says nothing of plain text", () => {
  expect(styleOf({})).toBeUndefined();
});

it("names the theme's colours and bends others towards what can be read", () => {
  expect(styleOf({ fg: 1 })?.color).toBe("var(--ansi-red)");
  expect(styleOf({ fg: 12 })?.color).toBe("var(--ansi-bright-blue)");
  expect(styleOf({ fg: "1 2 3" })?.color).toContain("rgb(1 2 3)");
});

it("never lets a ground and its text be the same", () => {
  for (const style of [{ fg: 0, bg: 0 }, { fg: 7, bg: 7 }, { inverse: true }, { inverse: true, fg: 0 }]) {
    expect(styleOf(style)).toMatchObject({
      color: "var(--text)",
      background: expect.stringContaining("24%"),
    });
  }
});

it("joins decorations", () => {
  expect(styleOf({ underline: true, strike: true, bold: true, italic: true })).toEqual({
    textDecoration: "underline line-through",
    fontWeight: 700,
    fontStyle: "italic",
  });
});
