import { expect, test } from "vitest";
import type { Container } from "~/api/types";
import { published } from "./ports";

const port = (host: number, container: number, more: object = {}): Container["ports"][number] => ({
  host,
  container,
  protocol: "tcp",
  address: "",
  ...more,
});

test("a published port opens at the server's address", () => {
  expect(published([port(8080, 80)], "10.0.0.7", "monitor.example")).toEqual([
    { text: "8080", title: "8080 → 80/tcp", href: "http://10.0.0.7:8080" },
  ]);
});

test("IPv4 and IPv6 of one port are one, unpublished ones none", () => {
  const ports = [port(443, 443, { address: "0.0.0.0" }), port(443, 443, { address: "::" }), port(0, 9000)];
  expect(published(ports, "fd00::7", "x").map((p) => p.href)).toEqual(["https://[fd00::7]:443"]);
});

test("loopback opens on that machine alone, UDP never", () => {
  const local = [port(8088, 80, { address: "127.0.0.1" })];
  expect(published(local, "10.0.0.7", "monitor.example")[0]?.href).toBeUndefined();
  expect(published(local, "10.0.0.7", "127.0.0.1")[0]?.href).toBe("http://127.0.0.1:8088");
  expect(published([port(53, 53, { protocol: "udp" })], "10.0.0.7", "x")).toEqual([
    { text: "53/udp", title: "53 → 53/udp" },
  ]);
});
