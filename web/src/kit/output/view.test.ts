import { describe, expect, it } from "vitest";
import { Lines } from "./lines";
import { ROW, View } from "./view";

function setUp(count: number, following = true): { lines: Lines; view: View; add(text: string): void } {
  const lines = new Lines();
  const view = new View(following);
  const add = (text: string) => {
    lines.append({ stream: "stdout", at: null, text });
    view.sync(lines);
  };
  view.sync(lines);
  view.resize(40 * ROW, Number.POSITIVE_INFINITY, lines);
  if (count > 0) add("x\n".repeat(count));
  return { lines, view, add };
}

describe("view", () => {
  it("lays out few rows of many", () => {
    const { lines, view } = setUp(100_000);
    const { from, to } = view.range(lines);
    expect(to).toBe(100_000);
    expect(to - from).toBeLessThan(100);
    view.resize(100_000, Number.POSITIVE_INFINITY, lines);
    const tall = view.range(lines);
    expect(tall.to - tall.from).toBeLessThanOrEqual(150);
  });

  it("follows the end until the reader scrolls away, and again from the end", () => {
    const { lines, view, add } = setUp(1000);
    expect(view.top).toBe(960 * ROW);
    add("y\n".repeat(10));
    expect(view.top).toBe(970 * ROW);
    view.scrolled(500 * ROW);
    expect(view.following).toBe(false);
    add("z\n".repeat(5));
    expect(view.top).toBe(500 * ROW);
    expect(view.missed(lines)).toBe(5);
    view.scrolled(view.total - 40 * ROW);
    expect(view.following).toBe(true);
    expect(view.missed(lines)).toBe(0);
  });

  it("takes its own scrolling for none of the reader's", () => {
    const { view, add } = setUp(1000);
    view.scrolled(view.top);
    add("y\n");
    expect(view.following).toBe(true);
  });

  it("keeps what is read in place when rows above turn out taller", () => {
    const { lines, view } = setUp(1000);
    view.resize(40 * ROW, 80, lines);
    view.scrolled(500 * ROW + 4);
    view.measured(100, 5 * ROW);
    expect(view.first).toBe(500);
    expect(view.top).toBe(504 * ROW + 4);
  });

  it("guesses wrapped rows and takes measured ones", () => {
    const { lines, view, add } = setUp(0);
    view.resize(40 * ROW, 10, lines);
    add(`${"0".repeat(25)}\nshort\n`);
    expect(view.total).toBe(4 * ROW);
    expect(view.measured(0, 4 * ROW)).toBe(true);
    expect(view.measured(0, 4 * ROW)).toBe(false);
    expect(view.total).toBe(5 * ROW);
  });

  it("brings a line into view, and no further than needed", () => {
    const { view, lines } = setUp(1000);
    view.show(300);
    expect(view.following).toBe(false);
    expect(view.top).toBeLessThan(300 * ROW);
    const { from, to } = view.range(lines);
    expect(from <= 300 && 300 < to).toBe(true);
    const before = view.top;
    view.reveal(301);
    expect(view.top).toBe(before);
    view.reveal(10);
    expect(view.top).toBe(10 * ROW);
    view.reveal(60);
    expect(view.top).toBe(21 * ROW);
  });

  it("stands where it stood when the oldest lines go", () => {
    const lines = new Lines({ next: 1 }, 20_000);
    const view = new View(true);
    lines.append({ stream: "stdout", at: null, text: "x\n".repeat(25_000) });
    view.resize(40 * ROW, Number.POSITIVE_INFINITY, lines);
    view.sync(lines);
    view.scrolled(15_000 * ROW);
    lines.append({ stream: "stdout", at: null, text: "x\n".repeat(5_000) });
    view.sync(lines);
    expect(lines.dropped).toBe(10_000);
    expect(view.first).toBe(15_000);
    expect(view.top).toBe(5_000 * ROW);
  });

  it("has nothing to lay out of nothing", () => {
    const { lines, view } = setUp(0);
    expect(view.range(lines)).toEqual({ from: 0, to: 0, offset: 0 });
  });
});
