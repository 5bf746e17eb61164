// Words of forms that come from names.
import { expect, it } from "vitest";
import { pairWord, singular } from "./words";

it("calls one of a list by its label", () => {
  const labels = [
    "Ports",
    "Aliases",
    "IPv4 addresses",
    "Capabilities",
    "Env files",
    "Tmpfs mounts",
    "DNS servers",
  ];
  expect(labels.map(singular)).toEqual([
    "port",
    "alias",
    "IPv4 address",
    "capability",
    "env file",
    "tmpfs mount",
    "DNS server",
  ]);
});

it("calls one of a list of pairs by its label, and what is no plural a variable", () => {
  expect(["Labels", "Environment", "Sysctls"].map((label) => pairWord(label, false))).toEqual([
    "label",
    "variable",
    "sysctl",
  ]);
  expect(pairWord("Secret environment", true)).toBe("secret");
});
