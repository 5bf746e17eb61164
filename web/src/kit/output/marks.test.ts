import { expect, it } from "vitest";
import { marked } from "./marks";

const red = { fg: 1 };

it("cuts stretches where matches begin and end, also across styles", () => {
  const found = marked(
    [
      { text: "abcd", style: {} },
      { text: "efgh", style: red },
    ],
    [
      [1, 2],
      [3, 6],
    ],
  );
  expect(found.map(({ text, match, style }) => [text, match, style === red])).toEqual([
    ["a", -1, false],
    ["b", 0, false],
    ["c", -1, false],
    ["d", 1, false],
    ["ef", 1, true],
    ["gh", -1, true],
  ]);
});

it("leaves what matches nothing whole", () => {
  expect(marked([{ text: "abc", style: {} }], [])).toEqual([{ text: "abc", style: {}, match: -1 }]);
  expect(marked([], [[0, 1]])).toEqual([]);
});
