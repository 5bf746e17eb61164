import { expect, test } from "vitest";
import type { ServerResource } from "./model";
import { serverStanding } from "./standing";

const up = { state: "up", docker: true, reason: "", cpu: 20, memory: 40, disk: 50, fullest: "/" };
const stands = (more: object) => serverStanding({ status: { ...up, ...more } } as unknown as ServerResource);

test("all well is one calm word", () => {
  expect(stands({})).toEqual({ tone: "ok", word: "Ok" });
});

test("a host that does not answer is down, whatever its last figures were", () => {
  expect(stands({ state: "down", docker: false, reason: "connection refused", disk: 99 })).toEqual({
    tone: "bad",
    word: "Down",
    reason: "connection refused",
  });
});

test("a silent Docker is worse than a full disk", () => {
  expect(stands({ docker: false, reason: "no socket", disk: 99 }).word).toBe("Docker silent");
});

test("a disk calls for attention at 90 and is trouble at 97", () => {
  expect(stands({ disk: 89.9 }).word).toBe("Ok");
  expect(stands({ disk: 90 })).toEqual({ tone: "warn", word: "Disk high", reason: "/ is 90% full" });
  expect(stands({ disk: 97 }).tone).toBe("bad");
});

test("memory and CPU call for attention at 95", () => {
  expect(stands({ memory: 95 }).word).toBe("Memory high");
  expect(stands({ cpu: 95 }).word).toBe("CPU high");
});

test("what nobody has joined and what is left alone is no trouble", () => {
  expect(stands({ state: "waiting", docker: false, reason: "no periphery has joined yet" }).tone).toBe("off");
  expect(stands({ state: "disabled", docker: false }).word).toBe("Disabled");
});

test("figures that have not come yet are no trouble", () => {
  expect(stands({ cpu: null, memory: null, disk: null }).tone).toBe("ok");
});
