import { expect, test } from "vitest";
import { type Join, joinSteps, waysOut } from "./join";

const join = (state: Join["state"], more: Partial<Join> = {}): Join => ({
  state,
  error: "",
  hint: "",
  address: "10.0.4.27",
  port: 8120,
  at: null,
  expires: null,
  ...more,
});
const tones = (state: Join["state"]) => joinSteps(join(state)).map((step) => step.tone);

test("the steps light up one after the other", () => {
  expect(tones("none")).toEqual(["off", "off", "off"]);
  expect(tones("waiting")).toEqual(["busy", "off", "off"]);
  expect(tones("introduced")).toEqual(["ok", "busy", "off"]);
  expect(tones("calling")).toEqual(["ok", "busy", "off"]);
  expect(tones("failed")).toEqual(["ok", "bad", "off"]);
  expect(tones("joined")).toEqual(["ok", "ok", "ok"]);
});

test("the call says where", () => {
  expect(joinSteps(join("calling"))[1]?.text).toBe("Core calls back at 10.0.4.27 port 8120");
  expect(waysOut(join("failed"))[0]).toContain("8120");
});

test("a host that proved nothing was never called", () => {
  const refused = join("failed", { address: "", port: 0, error: "a host was refused" });
  expect(joinSteps(refused).map((step) => step.tone)).toEqual(["bad", "off", "off"]);
  expect(waysOut(refused)).toEqual([]);
});
