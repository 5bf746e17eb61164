import { expect, test } from "vitest";
import { type Alert, byWeight, mayAcknowledge, placeOf, saidOf, serverName, stateWord } from "./alert";
import { figure } from "./figure";

const alert = (more: object, subject: object = {}): Alert =>
  ({
    id: "A",
    message: "",
    severity: "warning",
    state: "open",
    since: "2026-05-01T08:00:00Z",
    silenced_by: "",
    explained_as: "",
    quiet: "",
    flapping: false,
    rule_kind: "server_figure",
    ...more,
    subject: { type: "server", id: "S", name: "web-7", what: "", server_name: "web-7", ...subject },
  }) as unknown as Alert;

test("a message without what stands beside it", () => {
  const message = "server web-7: File system / is 93% (level 85%), since 2026-11-27 07:26 UTC, for 63 min";
  expect(saidOf(alert({ message }))).toBe("File system / is 93%");
  const unnamed = "container db on web-7: ended with exit code 1: no, since 2026-11-27 07:26 UTC";
  expect(saidOf(alert({ message: unnamed }))).toBe("Ended with exit code 1: no");
  expect(saidOf(alert({ message: "something else" }))).toBe("Something else");
});

test("a container that is no deployment's has a page of its own", () => {
  const found = alert({ rule_kind: "unhealthy" }, { what: "my db" });
  expect(placeOf(found)).toBe("/servers/web-7/containers/my%20db");
  expect(serverName(found)).toBe("web-7");
  const disk = alert({}, { what: "/srv" });
  expect(placeOf(disk)).toBe("/servers/web-7");
  expect(serverName(disk)).toBe("");
});

test("how it stands: what explains it comes before that somebody has seen it", () => {
  expect(stateWord(alert({ state: "acknowledged", quiet: "explained" }))).toBe("Silenced");
  expect(stateWord(alert({ flapping: true }))).toBe("Flapping");
  expect(stateWord(alert({ state: "resolved" }))).toBe("Resolved");
});

test("what waits for somebody comes first, the critical before, newer images last", () => {
  const all = [
    alert({ id: "5", rule_kind: "image_update" }),
    alert({ id: "1", state: "acknowledged", severity: "critical" }),
    alert({ id: "2" }),
    alert({ id: "3", severity: "critical" }),
    alert({ id: "4" }),
  ];
  expect(all.sort(byWeight).map(({ id }) => id)).toEqual(["3", "4", "2", "5", "1"]);
});

test("who may acknowledge", () => {
  expect(mayAcknowledge("build", ["build.get"])).toBe(false);
  expect(mayAcknowledge("build", ["build.get", "build.run"])).toBe(true);
  expect(mayAcknowledge("stack", ["stack.get"])).toBe(false);
});

test("figures with their units", () => {
  expect(figure(93.2, "percent")).toBe("93%");
  expect(figure(1610612736, "space")).toBe("1.50 GiB");
  expect(figure(4.23, "hours")).toBe("4.2 h");
  expect(figure(91.6, "celsius")).toBe("92 °C");
  expect(figure(2.5, "load")).toBe("2.50");
});
