import { expect, test } from "vitest";
import { lasted } from "./lasted";

test("two units at most, and none that is zero", () => {
  expect([0, 59, 60, 3661, 86_400 * 3 + 3600 * 4 + 5].map(lasted)).toEqual([
    "0 s",
    "59 s",
    "1 min",
    "1 h 1 min",
    "3 d 4 h",
  ]);
});
