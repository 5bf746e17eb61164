import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { balanced, densityOf, densityOfPage, moved, SHARE } from "./heat";

describe("moved", () => {
  // 0 1 2 3 / 4 5 6 7 / 8 9
  const go = (key: string, from: number) => moved(key, from, 10, 4);

  it("goes to the neighbour", () => {
    expect([go("ArrowRight", 3), go("ArrowLeft", 4), go("ArrowDown", 1), go("ArrowUp", 9)]).toEqual([
      4, 3, 5, 5,
    ]);
  });

  it("stays inside, and finds the short last row", () => {
    expect([go("ArrowUp", 2), go("ArrowLeft", 0), go("ArrowDown", 9), go("ArrowRight", 9)]).toEqual([
      2, 0, 9, 9,
    ]);
    expect(go("ArrowDown", 7)).toBe(9);
    expect([go("Home", 5), go("End", 5), go("x", 5)]).toEqual([0, 9, undefined]);
  });
});

describe("densityOf", () => {
  it("makes room while there is some", () => {
    expect([3, 41, 200].map(densityOf)).toEqual(["wide", "normal", "small"]);
  });
});

describe("densityOfPage", () => {
  it("gives a page of its own more of it, and a phone no pictures", () => {
    expect([1, 42, 100, 500].map((n) => densityOfPage(n, false))).toEqual([
      "large",
      "large",
      "normal",
      "small",
    ]);
    expect([1, 500].map((n) => densityOfPage(n, true))).toEqual(["normal", "small"]);
  });
});

describe("the shades", () => {
  for (const scheme of ["dark", "light"]) {
    it(`keep their text readable in the ${scheme} theme, at every value`, () => {
      const [heat, base, text] = [
        colour(scheme, "heat"),
        colour(scheme, "heat-base"),
        colour(scheme, "text"),
      ];
      for (let value = 0; value <= 100; value++) {
        const shade = heat.map(
          (part, i) => part * (value / 100) * SHARE + (base[i] ?? 0) * (1 - (value / 100) * SHARE),
        );
        expect(contrast(text, shade)).toBeGreaterThanOrEqual(4.5);
      }
    });
  }
});

const css = readFileSync(`${import.meta.dirname}/../theme/tokens.css`, "utf8");

function colour(scheme: string, name: string): [number, number, number] {
  const block = css.slice(css.indexOf(`[data-mantine-color-scheme="${scheme}"]`));
  const hex = new RegExp(`--${name}: #([0-9a-f]{6})`).exec(block)?.[1] ?? "";
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

/** As WCAG 2.2 defines it. */
function contrast(a: number[], b: number[]): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(rgb: number[]): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

it("rows are filled evenly, and one row is not stretched", () => {
  expect(balanced(43, 14)).toBe(11);
  expect(balanced(42, 14)).toBe(14);
  expect(balanced(3, 14)).toBe(14);
  expect(balanced(5, 0)).toBe(1);
});
