import { expect, test } from "vitest";
import type { Known } from "../ui";
import { serverTroubles } from "./troubles";

const troubles = (status: object) =>
  serverTroubles({
    resource: {
      id: "S",
      name: "web-7",
      config: { address: "10.0.4.27", port: 8120 },
      status: {
        state: "up",
        docker: true,
        reason: "",
        since: "2026-01-01T00:00:00Z",
        disk: 50,
        fullest: "/",
        ...status,
      },
    },
    open: [],
    runs: [],
  } as unknown as Known);

test("a server that is well has none", () => {
  expect(troubles({})).toEqual([]);
  expect(troubles({ state: "waiting", docker: false })).toEqual([]);
  expect(troubles({ state: "disabled", docker: false, disk: 99 })).toEqual([]);
});

test("down says where it was looked for, why and since when, and hides what followed from it", () => {
  const [trouble, ...more] = troubles({
    state: "down",
    docker: false,
    reason: "connection refused",
    disk: 99,
  });
  expect(more).toEqual([]);
  expect(trouble).toMatchObject({
    word: "Down",
    where: "10.0.4.27 port 8120",
    cause: "connection refused",
    verbatim: true,
    since: "2026-01-01T00:00:00Z",
  });
});

test("a silent Docker is trouble of a host that answers", () => {
  expect(troubles({ docker: false })[0]).toMatchObject({ id: "S/docker", verbatim: false });
});

test("a full disk names the file system", () => {
  expect(troubles({ disk: 93.4 })[0]).toMatchObject({ tone: "warn", where: "/", cause: "93% full" });
  expect(troubles({ disk: 98 })[0]?.tone).toBe("bad");
});
