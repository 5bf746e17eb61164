import { describe, expect, it } from "vitest";
import { Lines } from "./lines";
import { patternOf, ranges, Search } from "./search";

function lined(text: string): Lines {
  const lines = new Lines();
  lines.append({ stream: "stdout", at: null, text });
  return lines;
}

function searched(lines: Lines, text: string, regex = false): Search {
  const search = new Search(patternOf({ text, regex }));
  while (!search.scan(lines, 5));
  return search;
}

describe("pattern", () => {
  it("takes text literally, a pattern as one, and minds capitals only if there are any", () => {
    expect(ranges("a.b a+b", patternOf({ text: "a.b", regex: false }))).toEqual([[0, 3]]);
    expect(ranges("a.b a+b", patternOf({ text: "a.b", regex: true }))).toHaveLength(2);
    expect(ranges("Error error", patternOf({ text: "error", regex: false }))).toHaveLength(2);
    expect(ranges("Error error", patternOf({ text: "Error", regex: false }))).toHaveLength(1);
    expect(() => patternOf({ text: "(", regex: true })).toThrow(SyntaxError);
  });

  it("comes to an end with a pattern that matches nothing", () => {
    expect(ranges("😀abc", patternOf({ text: "x*", regex: true }))).toEqual([]);
  });
});

describe("search", () => {
  it("finds across colours, counts each match and walks round", () => {
    const lines = lined("one\ner\x1b[31mror er\x1b[0mror\nnone\nerror\n");
    const search = searched(lines, "error");
    expect(search.total(lines)).toBe(3);
    let hit = search.from(lines, 0);
    const walked = [];
    for (let step = 0; hit && step < 4; step++) {
      walked.push([hit.position, hit.nth, search.ordinal(lines, hit)]);
      hit = search.step(lines, hit, 1);
    }
    expect(walked).toEqual([
      [1, 0, 1],
      [1, 1, 2],
      [3, 0, 3],
      [1, 0, 1],
    ]);
    expect(search.step(lines, { position: 1, nth: 0 }, -1)).toEqual({ position: 3, nth: 0 });
    expect(search.step(lines, { position: 3, nth: 0 }, -1)).toEqual({ position: 1, nth: 1 });
    expect(search.from(lines, 2)).toEqual({ position: 3, nth: 0 });
    expect(search.from(lines, 4)).toEqual({ position: 1, nth: 0 });
  });

  it("goes on with new lines and looks again at one that was open", () => {
    const lines = lined("error\nerr");
    const search = searched(lines, "error");
    expect(search.total(lines)).toBe(1);
    lines.append({ stream: "stdout", at: null, text: "or\rnothing" });
    lines.append({ stream: "stderr", at: null, text: "error" });
    while (!search.scan(lines, 5));
    expect(search.total(lines)).toBe(2);
    lines.append({ stream: "stdout", at: null, text: " error\n" });
    while (!search.scan(lines, 5));
    expect(search.total(lines)).toBe(3);
  });

  it("forgets what was dropped", () => {
    const lines = new Lines({ next: 1 }, 100);
    lines.append({ stream: "stdout", at: null, text: "hit\n".repeat(50) });
    const search = searched(lines, "hit");
    lines.append({ stream: "stdout", at: null, text: "hit\n".repeat(10_060) });
    while (!search.scan(lines, 5));
    expect(search.total(lines)).toBe(100);
    expect(search.ordinal(lines, { position: lines.dropped, nth: 0 })).toBe(1);
    expect(search.from(lines, 0)?.position).toBe(lines.dropped);
  });

  it("has nowhere to go without a match", () => {
    const lines = lined("a\nb\n");
    const search = searched(lines, "zzz");
    expect(search.total(lines)).toBe(0);
    expect(search.from(lines, 0)).toBeUndefined();
  });

  it("looks through 100,000 lines in short stretches", () => {
    const lines = lined(
      "\x1b[36minfo\x1b[0m  GET /v1/events?limit=50 \x1b[32m200\x1b[0m 18 ms \x1b[2mtrace=7f11\x1b[0m\n".repeat(
        100_000,
      ),
    );
    const search = new Search(patternOf({ text: "trace=7f1\\d", regex: true }));
    let longest = 0;
    let whole = 0;
    for (let done = false; !done; ) {
      const began = performance.now();
      done = search.scan(lines, 12);
      longest = Math.max(longest, performance.now() - began);
      whole += performance.now() - began;
    }
    expect(search.total(lines)).toBe(100_000);
    console.info(
      `100,000 lines searched in ${whole.toFixed(0)} ms, at most ${longest.toFixed(1)} ms at a time`,
    );
    expect(longest).toBeLessThan(200);
  });
});
