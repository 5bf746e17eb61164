import { expect, test } from "vitest";
import type { Alert } from "~/kit/alert/alert";
import type { Known, Trouble } from "~/resources/ui";
import { withAlerts } from "./alerted";

const server = { resource: { id: "S", name: "web-7" }, open: [], runs: [] } as unknown as Known;
const world = new Map([["server", [server]]]);
const trouble = (what: string, where = ""): { trouble: Trouble; known: Known } => ({
  trouble: { id: `S/${what}`, tone: "bad", word: "Down", where, steps: [] } as unknown as Trouble,
  known: server,
});
const alert = (rule_kind: string, more: object = {}): Alert =>
  ({
    id: rule_kind,
    rule_kind,
    unit: "percent",
    message: "server web-7: does not answer, since 2026-11-27 07:26 UTC",
    severity: "critical",
    silenced_by: "",
    explained_as: "",
    quiet: "",
    acknowledged_by: "",
    culprit: "",
    culprit_process: "",
    subject: { type: "server", id: "S", name: "web-7", what: "", server_name: "web-7", ...more },
  }) as unknown as Alert;

test("what a trouble tells already gets the way to its alert, and no row more", () => {
  const [one, ...more] = withAlerts([trouble("down")], [alert("unreachable")], world);
  expect(one?.trouble).toMatchObject({ id: "S/down", alert: { id: "unreachable", acknowledgedBy: "" } });
  expect(more).toEqual([]);
});

test("another file system than the fullest is a row of its own", () => {
  const alerts = [alert("server_figure", { what: "/" }), alert("server_figure", { what: "/srv" })];
  const found = withAlerts([trouble("disk", "/")], alerts, world);
  expect(found.map(({ trouble: { id, cause } }) => [id, cause])).toEqual([
    ["S/disk", undefined],
    ["S/alert/server_figure", "Does not answer"],
  ]);
});

test("a container of no deployment is named beside its server", () => {
  const [one] = withAlerts([], [alert("restart_loop", { what: "cache" })], world);
  expect(one?.trouble.cause).toBe("cache: Does not answer");
});

test("newer images, what a silent server explains, and what is not in sight are left out", () => {
  const silenced = { ...alert("exited"), quiet: "explained" as const };
  const other = alert("unreachable", { id: "T" });
  expect(withAlerts([], [alert("image_update"), silenced, other], world)).toEqual([]);
});
