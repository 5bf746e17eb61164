import { expect, test } from "vitest";
import type { Alert } from "./alert";
import { marksOf } from "./marks";

const alert = (more: object): Alert =>
  ({
    id: "A",
    message: "server web-7: CPU is 97% (level 90%), since 2026-11-27 07:26 UTC",
    severity: "critical",
    since: "1970-01-01T00:00:10Z",
    opened: "1970-01-01T00:00:20Z",
    resolved: null,
    silenced_by: "",
    explained_as: "",
    rule_kind: "server_figure",
    subject: { type: "server", id: "S", name: "web-7", what: "" },
    ...more,
  }) as unknown as Alert;

test("an alert lasts on the time line as long as it did", () => {
  const resolved = "1970-01-01T00:01:00Z";
  const [mark] = marksOf([alert({ resolved })], "S");
  expect(mark).toEqual({
    at: 10,
    until: 60,
    kind: "alert",
    tone: "bad",
    title: "CPU is 97%",
    href: "?alert=A",
  });
});

test("of what is on a server it says of which; pending and explained ones are left out", () => {
  const subject = { type: "deployment", id: "D", name: "api-1", what: "" };
  expect(marksOf([alert({ subject })], "S")[0]?.title).toBe("api-1: CPU is 97%");
  const container = {
    subject: { type: "server", id: "S", name: "web-7", what: "cache" },
    rule_kind: "oom_killed",
  };
  const message = "container cache on web-7: ran out of memory, since 2026-11-27 07:26 UTC";
  const titles = (of?: string) =>
    marksOf([alert({}), alert({ ...container, message })], "S", of).map(({ title }) => title);
  expect(titles()).toEqual(["CPU is 97%", "cache: Ran out of memory"]);
  expect(titles("cache")).toEqual(["CPU is 97%", "Ran out of memory"]);
  expect(titles("queue")).toEqual(["CPU is 97%"]);
  expect(marksOf([alert({ opened: null }), alert({ silenced_by: "B" })], "S")).toEqual([]);
});
