import { expect, test } from "vitest";
import { compareVersions, isBehind, type ServerResource, systemName } from "./model";

test("versions are compared by their numbers", () => {
  expect(compareVersions("0.0.9", "0.2.0")).toBeLessThan(0);
  expect(compareVersions("0.10.0", "0.9.9")).toBeGreaterThan(0);
  expect(compareVersions("1.2", "1.2.0")).toBe(0);
  expect(compareVersions("0.2.0.dev3+g1a2b", "0.2.0")).toBe(0);
});

test("an agent is behind when core is newer, and one that never spoke is not", () => {
  const server = (version: string | null) =>
    ({ status: { agent: version === null ? null : { version } } }) as unknown as ServerResource;
  expect(isBehind(server("0.0.9"), "0.2.0")).toBe(true);
  expect(isBehind(server("0.2.0"), "0.2.0")).toBe(false);
  expect(isBehind(server(null), "0.2.0")).toBe(false);
  expect(isBehind(server("development"), "0.2.0")).toBe(false);
});

test("a system is called as people call it", () => {
  expect(systemName("Debian GNU/Linux 12 (bookworm)")).toBe("Debian 12");
  expect(systemName("Ubuntu 24.04.3 LTS")).toBe("Ubuntu 24.04.3 LTS");
  expect(systemName("")).toBe("");
});
