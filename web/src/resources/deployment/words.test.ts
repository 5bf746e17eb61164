import { expect, test } from "vitest";
import type { Deployment } from "~/api/types";
import { shortImage, version, wanted } from "./words";

test("images are told by their last part", () => {
  expect(shortImage("registry.example.org:5000/team/api:1.4.2")).toBe("api:1.4.2");
  expect(shortImage("nginx")).toBe("nginx");
  expect(shortImage("a/b@sha256:0123456789abcdef")).toBe("b@sha256:01234567…");
});

test("what runs, else what ran, else what is asked for", () => {
  const made = (status: string, info: string) =>
    ({
      status: { image: status },
      info: { image: info },
      names: { B: "api" },
      config: { image: { kind: "build", build: "B", version: "" } },
    }) as unknown as Deployment;
  expect(version(made("api:2", "api:1"))).toBe("api:2");
  expect(version(made("", "api:1"))).toBe("api:1");
  expect(version(made("", ""))).toBe("api:latest");
  expect(wanted(made("api:2", ""))).toBe("api:latest");
});
