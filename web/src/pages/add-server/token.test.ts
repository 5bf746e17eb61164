import { expect, test } from "vitest";
import { forgetToken, type JoinToken, keepToken, keptToken } from "./token";

const token: JoinToken = { token: "T", expires: "2026-01-01T00:15:00Z", command: "monitor …" };
const at = (time: string) => Date.parse(`2026-01-01T${time}Z`);

test("a token is kept until it expires", () => {
  keepToken("S", token);
  expect(keptToken("S", at("00:14:59"))).toEqual(token);
  expect(keptToken("other", at("00:14:59"))).toBeUndefined();
  expect(keptToken("S", at("00:15:00"))).toBeUndefined();
  expect(keptToken("S", at("00:00:00"))).toBeUndefined();
});

test("a spent one is forgotten, and what is no token is none", () => {
  keepToken("S", token);
  forgetToken("S");
  expect(keptToken("S", 0)).toBeUndefined();
  sessionStorage.setItem("monitor.join.S", "{not json");
  expect(keptToken("S", 0)).toBeUndefined();
});
