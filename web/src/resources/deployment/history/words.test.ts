import { describe, expect, it } from "vitest";
import type { Deployed } from "./useHistory";
import { others, readable, takenOver } from "./words";

const entry = (release: number, runs = false) => ({ release, runs }) as Deployed;

describe("what a release is compared with", () => {
  it("is first what runs, then the config, then the others", () => {
    const history = [entry(5), entry(4, true), entry(0), entry(3), entry(2)];
    expect(others(history, entry(3)).map((one) => one.value)).toEqual(["4", "0", "5", "2"]);
  });

  it("is first the config where the release runs itself", () => {
    expect(others([entry(2, true), entry(1)], entry(2, true)).map((one) => one.value)).toEqual(["0", "1"]);
  });
});

describe("a difference", () => {
  it("is told without JSON's quotes", () => {
    expect(["", '"web"', "64", '["a"]', "broken {"].map(readable)).toEqual([
      "—",
      "web",
      "64",
      '["a"]',
      "broken {",
    ]);
  });

  it("is taken over where the config has a field for it", () => {
    const told = (field: string, found: string) => ({ field, found, wanted: "" });
    expect(
      takenOver([
        told("HostConfig.Memory", "67108864"),
        told("HostConfig.NanoCpus", "500000000"),
        told("HostConfig.RestartPolicy", ""),
        told("Env LOG", '"another value"'),
        told("Name", '"www"'),
      ]),
    ).toEqual({ memory: 67108864, cpus: 0.5, restart: "no", restart_max_retries: 0, container_name: "www" });
  });
});
