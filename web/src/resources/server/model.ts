/** A server as its screens read it: its typed parts, and the small truths drawn from them. */
import type { Resource, Schemas, Server } from "~/api/types";
import { version as ownVersion } from "../../../package.json";
import type { Known } from "../ui";

export type ServerStatus = Schemas["ServerStatus"];
export type ServerResource = Server & Resource;

/** Every resource of this type is one; the contract of all types only says `Resource`. */
export function asServer(resource: Resource): ServerResource {
  return resource as ServerResource;
}

export function serverOf(known: Known): ServerResource {
  return asServer(known.resource);
}

/** Its figures are of now: the host answers. */
export function isUp(server: ServerResource): boolean {
  return server.status.state === "up";
}

/** There is a host core looks after, whether it answers or not. */
export function hasHost(server: ServerResource): boolean {
  return server.status.state !== "waiting" && server.status.state !== "disabled";
}

/** The host answers, its Docker does not: containers are as they were last known. */
export function isDockerSilent(server: ServerResource): boolean {
  return isUp(server) && !server.status.docker;
}

/** Core's version, which this app came with: where agents ought to be. */
export const CORE_VERSION = ownVersion;

/** The agent is older than core. */
export function isBehind(server: ServerResource, newest = CORE_VERSION): boolean {
  const { agent } = server.status;
  return agent !== null && /^\d/.test(agent.version) && compareVersions(agent.version, newest) < 0;
}

/** Below, at or above zero, by the numbers of two dotted versions; what follows them does not count. */
export function compareVersions(a: string, b: string): number {
  const left = numbers(a);
  const right = numbers(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbers(version: string): number[] {
  return (/^\d+(\.\d+)*/.exec(version)?.[0] ?? "").split(".").map(Number);
}

/** `Debian GNU/Linux 12 (bookworm)` → `Debian 12`. */
export function systemName(system: string): string {
  return system
    .replace(/\s*GNU\/Linux/, "")
    .replace(/\s*\([^)]*\)\s*$/, "")
    .trim();
}
