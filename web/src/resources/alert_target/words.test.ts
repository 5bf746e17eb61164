import { expect, test } from "vitest";
import { waitingText } from "./words";

test("what waits is said, and what for", () => {
  expect(waitingText({ waiting: 0, held: 0 })).toBe("");
  expect(waitingText({ waiting: 1, held: 0 })).toBe("1 waits to be sent");
  expect(waitingText({ waiting: 3, held: 2 })).toBe(
    "3 wait to be sent, 2 of them for the end of quiet hours or maintenance",
  );
});
