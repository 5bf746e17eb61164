import { expect, test } from "vitest";
import { waitingText } from "./words";

test("what waits is said, and what for", () => {
  expect(waitingText({ waiting: 0, waits: "" })).toBe("");
  expect(waitingText({ waiting: 1, waits: "to be sent" })).toBe("1 waits: to be sent");
  expect(waitingText({ waiting: 3, waits: "1 to be sent, 2 were refused" })).toBe(
    "3 wait: 1 to be sent, 2 were refused",
  );
});
