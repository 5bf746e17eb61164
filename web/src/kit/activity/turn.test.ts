import { expect, it } from "vitest";
import { activity } from "./example";
import { ordinal, turnWords } from "./turn";

const words = (lane: string, place: number, waiting: number) =>
  turnWords(activity({ turn: { lane, id: "S1", place, waiting } }), (id) =>
    id === "S1" ? "builder-1" : undefined,
  );

it("says the place and whose line it is", () => {
  expect(words("builder", 3, 5)).toBe("3rd of 5 on builder-1");
  expect(words("source", 1, 1)).toBe("1st of 1 of its source");
  expect(turnWords(activity(), () => undefined)).toBe("");
});

it("counts as people do", () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal)).toEqual([
    "1st",
    "2nd",
    "3rd",
    "4th",
    "11th",
    "12th",
    "13th",
    "21st",
    "102nd",
    "111th",
  ]);
});
