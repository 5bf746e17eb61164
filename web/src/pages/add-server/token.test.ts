import { expect, test, vi } from "vitest";
import { forgetToken, isExpired, type JoinToken, keepToken, keptText, tokenOf, watchTokens } from "./token";

const token: JoinToken = { token: "T", expires: "2026-01-01T00:15:00Z", command: "monitor …" };
const at = (time: string) => Date.parse(`2026-01-01T${time}Z`);

test("a token is kept for its server until it is forgotten, and who looks is told", () => {
  const listener = vi.fn();
  const leave = watchTokens(listener);
  keepToken("S", token);
  expect(tokenOf(keptText("S"))).toEqual(token);
  expect(tokenOf(keptText("other"))).toBeUndefined();
  forgetToken("S");
  forgetToken("S");
  expect(keptText("S")).toBeNull();
  expect(listener).toHaveBeenCalledTimes(2);
  leave();
});

test("it is good until it expires", () => {
  expect(isExpired(token, at("00:14:59"))).toBe(false);
  expect(isExpired(token, at("00:15:00"))).toBe(true);
  expect(isExpired({ ...token, expires: "nonsense" }, 0)).toBe(true);
});

test("what is no token is none", () => {
  expect(["{not json", "{}", "null", '"x"'].map(tokenOf)).toEqual(Array(4).fill(undefined));
});
