import { expect, it } from "vitest";
import { inTurns } from "./useRunMany";

it("works through all, no more than so many at a time", async () => {
  let now = 0;
  let most = 0;
  const done: number[] = [];
  await inTurns([1, 2, 3, 4, 5, 6, 7], 4, async (item) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, 1));
    now -= 1;
    done.push(item);
  });
  expect(most).toBe(4);
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

it("has nothing to do with nothing", async () => {
  await inTurns([], 4, async () => {
    throw new Error("never");
  });
});
