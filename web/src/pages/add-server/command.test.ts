import { expect, test } from "vitest";
import { calledAt, defaultUrl, isLoopback, joinCommand, suggested, wholeUrl } from "./command";

test("core's suggestion is taken apart", () => {
  expect(suggested("monitor periphery join http://127.0.0.1:9120 --token A.B.C")).toEqual({
    url: "http://127.0.0.1:9120",
    token: "A.B.C",
  });
  expect(suggested("something else")).toBeUndefined();
});

test("where core does not know its address, this page's is taken, unless only this machine can use it", () => {
  const unknown = "http://ADDRESS-OF-CORE:9120";
  const page = { origin: "http://10.0.0.1:9120", hostname: "10.0.0.1" };
  expect(defaultUrl(unknown, page)).toBe("http://10.0.0.1:9120");
  expect(defaultUrl(unknown, { origin: "http://localhost:9120", hostname: "localhost" })).toBe("");
  expect(defaultUrl("https://core.example", page)).toBe("https://core.example");
});

test("loopback in its spellings", () => {
  expect(["127.0.0.1", "127.1.2.3", "localhost", "[::1]"].every(isLoopback)).toBe(true);
  expect(isLoopback("10.0.0.1")).toBe(false);
});

test("an address becomes a URL like core's", () => {
  const core = "http://ADDRESS-OF-CORE:9120";
  expect(wholeUrl("core.lan", core)).toBe("http://core.lan:9120");
  expect(wholeUrl(" 10.0.0.5:80 ", core)).toBe("http://10.0.0.5:80");
  expect(wholeUrl("fd00::1", core)).toBe("http://[fd00::1]:9120");
  expect(wholeUrl("https://monitor.example/", core)).toBe("https://monitor.example");
  expect(wholeUrl("core.lan", "https://ADDRESS-OF-CORE:443")).toBe("https://core.lan:443");
});

test("nothing a shell would act on gets into a command", () => {
  for (const typed of ["", "a b", "core;reboot", "$(id)", "`id`", "a'b", "http://x|y", "a&b", "-x/y"])
    expect(wholeUrl(typed, "http://127.0.0.1:9120"), typed).toBeUndefined();
  for (const typed of ["", "-x", "a/b", "a b", "$(id)"]) expect(calledAt(typed), typed).toBeUndefined();
  expect(calledAt("10.0.0.7")).toBe("10.0.0.7");
});

test("the command fits how the periphery runs", () => {
  const given = { url: "http://core:9120", token: "T" };
  expect(joinCommand({ ...given, place: "service" })).toBe(
    "sudo monitor periphery join http://core:9120 --token T --config /etc/monitor/periphery.toml",
  );
  expect(joinCommand({ ...given, place: "container", callAt: "10.0.0.7" })).toBe(
    "docker exec monitor-periphery monitor periphery join http://core:9120 --token T --call-at 10.0.0.7",
  );
});
