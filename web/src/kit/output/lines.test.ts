import { describe, expect, it } from "vitest";
import { plain } from "./control";
import { Lines } from "./lines";

function written(...pieces: (string | [stream: string, text: string])[]): Lines {
  const lines = new Lines();
  for (const piece of pieces) {
    const [stream, text] = typeof piece === "string" ? ["stdout", piece] : piece;
    lines.append({ stream, at: "2026-11-26T21:04:24.518Z", text });
  }
  return lines;
}

function all(lines: Lines): string[] {
  const found: string[] = [];
  for (let at = lines.dropped; at < lines.end; at++) {
    const line = lines.at(at);
    if (line) found.push(`${line.n} ${line.stream} ${plain(line.text)}`);
  }
  return found;
}

describe("lines", () => {
  it("puts pieces together that end anywhere", () => {
    expect(all(written("a", "b\nc", "d\n", "\n", "e"))).toEqual([
      "1 stdout ab",
      "2 stdout cd",
      "3 stdout ",
      "4 stdout e",
    ]);
  });

  it("keeps the lines of two streams apart that take turns in the middle of them", () => {
    const lines = written("out 1", ["stderr", "err 1"], " goes on\n", ["stderr", " too\n"], "out 2\n");
    expect(all(lines)).toEqual(["1 stdout out 1 goes on", "2 stderr err 1 too", "3 stdout out 2"]);
  });

  it("takes an unknown stream for stdout", () => {
    expect(all(written(["console", "x\n"]))).toEqual(["1 stdout x"]);
  });

  it("carries colours from line to line, each stream its own", () => {
    const lines = written("\x1b[31mred\nstill", ["stderr", "plain\n"], "\n\x1b[0mno\nmore\n");
    const styles = [0, 1, 2, 3, 4].map((at) => lines.at(at)?.style);
    expect(styles).toEqual([{}, { fg: 1 }, {}, { fg: 1 }, {}]);
  });

  it("understands a sequence that two pieces share", () => {
    const lines = written("a\x1b[3", "1mb\x1b]0;ti", "tle\x07c\n");
    expect(lines.at(0)?.text).toBe("a\x1b[31mbc");
    expect(lines.at(0)?.width).toBe(3);
  });

  it("shows the last state of a progress bar, however often it is written anew", () => {
    const lines = new Lines();
    for (let step = 0; step <= 20_000; step++)
      lines.append({ stream: "stdout", at: null, text: `\r${step} done` });
    lines.append({ stream: "stdout", at: null, text: "\n" });
    expect(all(lines)).toEqual(["1 stdout 20000 done"]);
  });

  it("cuts a line nobody could lay out, and joins it again as text", () => {
    const long = "0123456789".repeat(5000);
    const lines = written(long.slice(0, 30_000), long.slice(30_000), "\nend\n");
    expect(lines.end).toBeGreaterThan(3);
    expect(lines.text()).toBe(`${long}\nend\n`);
  });

  it("says before which line nothing changes any more", () => {
    const lines = written("a\nb\nc");
    expect(lines.settled).toBe(2);
    lines.append({ stream: "stdout", at: null, text: "\n" });
    expect(lines.settled).toBe(3);
  });

  it("takes a line that stays open behind hundreds of others for ended", () => {
    const lines = written(["stderr", "prompt"], "x\n".repeat(600), ["stderr", "next"]);
    expect(lines.end).toBe(602);
    expect(lines.settled).toBe(601);
  });

  it("drops the oldest and keeps the numbers", () => {
    const lines = new Lines({ next: 1 }, 100);
    lines.append({ stream: "stdout", at: null, text: "x\n".repeat(10_100) });
    expect(lines.end - lines.dropped).toBe(100);
    expect(lines.at(lines.dropped)?.n).toBe(10_001);
    expect(lines.at(lines.dropped - 1)).toBeUndefined();
    expect(lines.find(1)).toBe(lines.dropped);
    expect(lines.find(10_050)).toBe(10_049);
    expect(lines.find(99_999)).toBe(lines.end);
  });

  it("numbers the parts of one output through", () => {
    const numbers = { next: 1 };
    const first = new Lines(numbers);
    const second = new Lines(numbers);
    first.append({ stream: "stdout", at: null, text: "a\nb\n" });
    second.append({ stream: "stdout", at: null, text: "c\n" });
    expect(all(second)).toEqual(["3 stdout c"]);
    expect(second.find(3)).toBe(0);
  });
});

it("takes 100,000 coloured lines in well under a second", () => {
  const lines = new Lines();
  const text =
    "\x1b[36minfo\x1b[0m  GET /v1/events?limit=50 \x1b[32m200\x1b[0m 18 ms \x1b[2mtrace=7f11\x1b[0m\n";
  const began = performance.now();
  for (let piece = 0; piece < 10_000; piece++) {
    lines.append({ stream: "stdout", at: "2026-11-26T21:04:24.518Z", text: text.repeat(10) });
  }
  const took = performance.now() - began;
  expect(lines.end).toBe(100_000);
  console.info(`100,000 coloured lines taken in ${took.toFixed(0)} ms`);
  expect(took).toBeLessThan(5000);
});
