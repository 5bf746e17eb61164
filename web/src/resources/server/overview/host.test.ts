import { expect, test } from "vitest";
import { clockSkew, type FileSystem, type HostSample, keysOf, ordered } from "./host";

test("the fullest file systems come first", () => {
  const disk = (mount: string, used: number): FileSystem => ({ mount, device: "", total: 100, used });
  const all = [disk("/b", 45), disk("/a", 45), disk("/full", 93), disk("/boot", 12)];
  expect(ordered(all).map((one) => one.mount)).toEqual(["/full", "/a", "/b", "/boot"]);
});

test("clocks that agree within seconds agree", () => {
  expect(clockSkew("2026-01-01T00:00:03Z", Date.parse("2026-01-01T00:00:00Z") / 1000)).toBe(0);
  expect(clockSkew("2026-01-01T00:03:00Z", Date.parse("2026-01-01T00:00:00Z") / 1000)).toBe(180);
  expect(clockSkew("2026-01-01T00:03:00Z", undefined)).toBe(0);
});

test("the keys of a sample are of what is in it", () => {
  const sample = {
    disks: [{ mount: "/srv" }],
    interfaces: [{ name: "eth0" }],
    gpus: [
      { name: "a", busy: 3 },
      { name: "b", busy: null },
    ],
    swap_total: 0,
    failed_units: null,
    docker_use: null,
  } as unknown as HostSample;
  expect(keysOf(sample)).toEqual(["load", "disk_used:/srv", "interface_received:eth0", "gpu:a"]);
  const counted = { at: "", images: 1, containers: 0, volumes: 0, build_cache: 0 };
  expect(keysOf({ ...sample, swap_total: 1, docker_use: counted })).toContain("docker_volumes");
});
