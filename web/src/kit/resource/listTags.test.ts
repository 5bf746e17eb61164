import { expect, test } from "vitest";
import type { Resource } from "~/api/types";
import { tagsOf, wrongTag } from "./listTags";

test("what core would refuse is said before", () => {
  expect(["web", "eu-1", "v1.2"].map(wrongTag)).toEqual([undefined, undefined, undefined]);
  expect(["a", "Web", "a b", "-web", "web-"].every((tag) => wrongTag(tag) !== undefined)).toBe(true);
});

test("every tag with how many have it, as people sort words", () => {
  const of = (...tags: string[]) => ({ tags }) as unknown as Resource;
  expect(tagsOf([of("eu-10", "web"), of("eu-2", "web"), of()])).toEqual([
    ["eu-2", 1],
    ["eu-10", 1],
    ["web", 2],
  ]);
});
