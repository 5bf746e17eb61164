import { expect, test } from "vitest";
import { wordsOf } from "./words";

test.each([
  ["", []],
  ["  redis-cli   monitor ", ["redis-cli", "monitor"]],
  [`sh -c 'echo "$HOME" | wc -c'`, ["sh", "-c", 'echo "$HOME" | wc -c']],
  [`printf "%s\\n" a\\ b ""`, ["printf", "%sn", "a b", ""]],
  ["$(reboot); ls *", ["$(reboot);", "ls", "*"]],
  ["open 'quote", ["open", "quote"]],
])("%s", (line, words) => {
  expect(wordsOf(line)).toEqual(words);
});
