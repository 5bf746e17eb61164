import { expect, test } from "vitest";
import { compareWith, earlierOf, MOST, readNames } from "./choice";

test("each once, in order, and not too many", () => {
  expect(readNames("web-2,web-1,web-2")).toEqual(["web-2", "web-1"]);
  expect(readNames("a,b,c,d,e,f,g")).toHaveLength(MOST);
  expect(readNames(undefined)).toEqual([]);
});

test("an earlier time is compared while the lines can be told apart", () => {
  expect(earlierOf("week", 3).seconds).toBe(7 * 86_400);
  expect(earlierOf("week", 4).seconds).toBe(0);
  expect(earlierOf("nonsense", 1).seconds).toBe(0);
});

test("a link says whom", () => {
  expect(compareWith(["web-1", "web-2"])).toBe("/compare?servers=web-1,web-2");
});
