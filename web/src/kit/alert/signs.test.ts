import { expect, test } from "vitest";
import type { Alert } from "./alert";
import { NO_SIGNS, signsOf } from "./signs";

const subject = {
  type: "server",
  id: "S",
  name: "web-1",
  what: "",
  server: "S",
  server_name: "web-1",
  tags: [],
};
const alert = (id: string, more: object = {}, about: object = {}): Alert =>
  ({
    id,
    severity: "warning",
    state: "open",
    quiet: "",
    rule_kind: "server_figure",
    ...more,
    subject: { ...subject, ...about },
  }) as unknown as Alert;
const of = (...alerts: Alert[]) => signsOf(alerts).of.get("S");

test("the worst of those that wait for somebody stands for all", () => {
  const critical = alert("2", { severity: "critical" });
  expect(of(alert("1"), critical, alert("3"))).toEqual({ alert: "2", tone: "bad", calm: "", count: 3 });
  const taken = alert("2", { severity: "critical", state: "acknowledged" });
  expect(of(taken, alert("1"))).toEqual({ alert: "1", tone: "warn", calm: "", count: 2 });
});

test("what waits for nobody is calm, and says why", () => {
  expect(of(alert("1", { state: "acknowledged" }))?.calm).toBe("acknowledged");
  expect(of(alert("1", { quiet: "explained" }))?.calm).toBe("silenced");
  expect(of(alert("1", { quiet: "maintenance" }))?.calm).toBe("in a maintenance");
});

test("what is over, pending or a newer image is none", () => {
  expect(of(alert("1", { state: "resolved" }))).toBeUndefined();
  expect(of(alert("1", { state: "pending" }))).toBeUndefined();
  expect(of(alert("1", { rule_kind: "image_update" }))).toBeUndefined();
});

test("a container of no deployment has its own, which is not its server's", () => {
  const signs = signsOf([alert("1", { rule_kind: "unhealthy" }, { what: "cache" })]);
  expect(signs.of.size).toBe(0);
  expect(signs.ofContainers.get("S/cache")?.alert).toBe("1");
});

test("a deployment's alert is its container's where it is about that", () => {
  const about = { type: "deployment", id: "D", name: "api" };
  const both = signsOf([alert("1", { rule_kind: "unhealthy" }, about)]);
  expect([both.of.get("D")?.alert, both.ofContainers.get("D")?.alert]).toEqual(["1", "1"]);
  const failed = signsOf([alert("1", { rule_kind: "failed" }, about)]);
  expect([failed.of.get("D")?.alert, failed.ofContainers.size]).toEqual(["1", 0]);
});

test("a figure that moves changes nothing, another alert does", () => {
  const first = signsOf([alert("1", { value: 91 })]);
  expect(signsOf([alert("1", { value: 92 })], first)).toBe(first);
  const second = signsOf([alert("1"), alert("2", {}, { id: "T", name: "web-2" })], first);
  expect(second).not.toBe(first);
  expect(second.of.get("S")).toBe(first.of.get("S"));
  expect(signsOf([], first).of.size).toBe(0);
  expect(signsOf([])).toBe(NO_SIGNS);
});
