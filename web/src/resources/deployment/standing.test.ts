import { expect, test } from "vitest";
import type { Known } from "../ui";
import { standing } from "./standing";

const known = (status: object, more: object = {}): Known =>
  ({
    resource: { status: { state: "running", health: "", reason: "", ...status } },
    open: [],
    runs: [],
    ...more,
  }) as unknown as Known;

test("health says more than running", () => {
  expect(standing(known({})).word).toBe("Running");
  expect(standing(known({ health: "healthy" }))).toEqual({ tone: "ok", word: "Healthy" });
  expect(standing(known({ health: "unhealthy" })).tone).toBe("bad");
  expect(standing(known({ health: "starting" })).tone).toBe("busy");
});

test("a container that was stopped is calm, one that died is trouble", () => {
  const reason = "exit code 137 (SIGKILL)";
  const stopped = { runs: [{ operation: "deployment.stop", state: "succeeded" }] };
  expect(standing(known({ state: "exited", reason }, stopped))).toEqual({
    tone: "off",
    word: "Stopped",
    reason,
  });
  expect(standing(known({ state: "exited", reason }))).toEqual({ tone: "bad", word: "Exited", reason });
  expect(standing(known({ state: "exited", reason: "" })).tone).toBe("off");
});

test("a silent host is unknown, never stopped", () => {
  expect(standing(known({ state: "unknown", reason: "the server does not answer" })).tone).toBe("warn");
});
