import { describe, expect, it } from "vitest";
import { keyed } from "./keyed";

const at = Array.from({ length: 1001 }, (_, i) => i);
const press = (
  key: string,
  index: number | null,
  more: { shiftKey?: boolean; range?: [number, number] } = {},
) => keyed({ key, shiftKey: more.shiftKey ?? false }, { at, range: more.range ?? [0, 1000] }, index);

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
    expect(press("-", 500)).toEqual({ do: "zoom", range: undefined });
    expect(press("Escape", 500)).toEqual({ do: "point", at: null });
    expect(press("Escape", null)).toEqual({ do: "zoom", range: undefined });
  });

  it("leaves other keys alone", () => {
    expect(press("Tab", 500)).toBeUndefined();
  });
});
