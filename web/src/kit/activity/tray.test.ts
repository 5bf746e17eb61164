import { expect, it } from "vitest";
import { activity } from "./example";
import { trayOf } from "./tray";

const ids = (list: { id: string }[]) => list.map((each) => each.id);

it("shows one's own first, running before waiting, then the newest", () => {
  const all = [
    activity({ id: "1" }),
    activity({ id: "2", state: "queued" }),
    activity({ id: "3", state: "queued" }),
    activity({ id: "4" }),
    activity({ id: "5", state: "succeeded" }),
    activity({ id: "6", state: "failed" }),
  ];
  const tray = trayOf(all, ["2", "6"]);
  expect(ids(tray.open)).toEqual(["2", "4", "1", "3"]);
  expect(tray.shown?.id).toBe("2");
  expect(ids(tray.ended)).toEqual(["6"]);
});

it("is empty when nothing goes on", () => {
  expect(trayOf([], ["1"])).toEqual({ open: [], ended: [], shown: undefined });
});
