import { describe, expect, it } from "vitest";
import { fit, joined, spansOf, textOf, type Word, wordsOf } from "./match";

const word = (typed: string): Word => wordsOf(typed)[0] as Word;
const fits = (typed: string, shown: string, also?: string) => fit(word(typed), textOf(shown, also));
const marked = (typed: string, shown: string) =>
  joined(spansOf(word(typed), textOf(shown))).map(([from, to]) => shown.slice(from, to));

/** From the best to the worst. */
function inOrder(typed: string, texts: string[]): void {
  const scores = texts.map((text) => fits(typed, text));
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(new Set(scores).size).toBe(scores.length);
}

describe("fit", () => {
  it("likes whole words, then beginnings, then parts, then letters in their order", () => {
    inOrder("api", ["api on web-2", "apiary on web-2", "rapid on web-2", "a-pi on web-2"]);
    inOrder("web", ["web-2", "api on web-2", "cobweb", "w-e-b"]);
  });

  it("takes a number in a name for a beginning", () => {
    expect(fits("2", "web2")).toBeGreaterThan(fits("2", "web12"));
  });

  it("refuses what is not in it", () => {
    expect(fits("apix", "api on web-2")).toBe(0);
    expect(fits("ipa", "api")).toBe(0);
    expect(fits("qz", "api on web-2")).toBe(0);
  });

  it("finds letters in their order within one word only", () => {
    expect(fits("wk2", "worker-2")).toBeGreaterThan(0);
    expect(fits("aw", "api on web-2")).toBe(0);
    expect(fits("k2", "worker-2")).toBe(0);
  });

  it("finds what is not shown, but last", () => {
    expect(fits("postgres", "db on app-1", "postgres:16 tag-production")).toBeGreaterThan(0);
    expect(fits("db", "x db")).toBeGreaterThan(fits("db", "x", "db"));
  });

  it("does not care about case, and takes other scripts as they are", () => {
    expect(fits("API", "api")).toBe(fits("api", "API"));
    expect(fits("сайт", "Сайт магазина")).toBeGreaterThan(80);
  });
});

describe("spansOf", () => {
  it("marks what fits", () => {
    expect(marked("we", "api on web-2")).toEqual(["we"]);
    expect(marked("wk2", "worker-2")).toEqual(["w", "k", "2"]);
    expect(marked("api", "rapid api")).toEqual(["api"]);
    expect(spansOf(word("api"), textOf("rapid api"))).toEqual([[6, 9]]);
  });

  it("marks nothing where only what is not shown fits", () => {
    expect(spansOf(word("post"), textOf("db", "postgres"))).toEqual([]);
  });

  it("joins what touches", () => {
    expect(
      joined([
        [4, 6],
        [0, 2],
        [2, 3],
        [5, 8],
      ]),
    ).toEqual([
      [0, 3],
      [4, 8],
    ]);
  });
});
