import { expect, it } from "vitest";
import { forget, remember, remembered } from "./remembered";

it("keeps the newest dozen, each once, for after a reload", () => {
  for (let n = 1; n <= 15; n++) remember(`A${n}`);
  remember("A10");
  expect(remembered()).toHaveLength(12);
  expect(remembered().slice(0, 3)).toEqual(["A10", "A15", "A14"]);
  expect(JSON.parse(localStorage.getItem("monitor.tray") ?? "[]")).toEqual(remembered());
  forget(["A10", "A14"]);
  expect(remembered().slice(0, 2)).toEqual(["A15", "A13"]);
});
