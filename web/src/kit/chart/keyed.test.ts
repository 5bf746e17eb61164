import { describe, expect, it } from "vitest";
import { keyed } from "./keyed";

const at = Array.from({ length: 1001 }, (_, i) => i);
const press = (
  key: string,
  index: number | null,
  more: { shiftKey?: boolean; range?: [number, number]; zoomed?: boolean } = {},
) =>
  keyed(
    { key, shiftKey: more.shiftKey ?? false },
    { at, range: more.range ?? [0, 1000] },
    index,
    more.zoomed ?? false,
    2000,
  );

describe("keyed", () => {
  it("moves the cross-hair by a two-hundredth of the chart, with Shift by ten of them", () => {
    expect(press("ArrowLeft", 500)).toEqual({ do: "point", at: 495 });
    expect(press("ArrowRight", 500)).toEqual({ do: "point", at: 505 });
    expect(press("ArrowRight", 500, { shiftKey: true })).toEqual({ do: "point", at: 550 });
  });

  it("moves by at least one sample", () => {
    expect(press("ArrowRight", 500, { range: [490, 510] })).toEqual({ do: "point", at: 501 });
  });

  it("starts at the newest, and stays inside of what is shown", () => {
    expect(press("ArrowLeft", null)).toEqual({ do: "point", at: 995 });
    expect(press("ArrowRight", 1000)).toEqual({ do: "point", at: 1000 });
    expect(press("Home", 700, { range: [600, 800] })).toEqual({ do: "point", at: 600 });
    expect(press("End", 700, { range: [600, 800] })).toEqual({ do: "point", at: 800 });
  });

  it("zooms around the cross-hair, and out again", () => {
    expect(press("+", 500)).toEqual({ do: "zoom", range: [250, 750] });
    expect(press("-", 500, { range: [400, 600] })).toEqual({ do: "zoom", range: [300, 700] });
    expect(press("Escape", 500, { zoomed: true })).toEqual({ do: "zoom", range: undefined });
    expect(press("Escape", 500)).toEqual({ do: "point", at: null });
  });

  it("moves what is seen by half of it", () => {
    expect(press("<", 500, { range: [400, 600] })).toEqual({ do: "zoom", range: [300, 500] });
    expect(press(".", 500, { range: [400, 600] })).toEqual({ do: "zoom", range: [500, 700] });
  });

  it("leaves other keys alone", () => {
    expect(press("Tab", 500)).toBeUndefined();
  });
});
