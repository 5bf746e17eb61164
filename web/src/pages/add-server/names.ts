/** Names of servers to be: which are possible, and which servers wait for their host. Pure. */
import type { ServerResource } from "~/resources/server/model";

const FORM = /^[a-z0-9]+([._-][a-z0-9]+)*$/;

/** Why it cannot be called so; undefined when it can. */
export function nameProblem(name: string, servers: Iterable<{ name: string }>): string | undefined {
  if (name === "") return "Give it a name";
  if (name.length < 2 || name.length > 63) return "2 to 63 characters";
  if (!FORM.test(name))
    return "Lower-case letters and digits, with single dots, dashes or underscores between them";
  for (const server of servers) if (server.name === name) return `There is a server ${name} already`;
  return undefined;
}

/** Those nobody has joined yet and whose command the viewer may make, by name. */
export function waitingOf(servers: Iterable<ServerResource>): ServerResource[] {
  return [...servers]
    .filter((server) => server.status.state === "waiting" && server.can.includes("server.join_token"))
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}

/** A free name for the machine this page's core is on. */
export function nameForHere(hostname: string, servers: Iterable<{ name: string }>): string {
  const taken = new Set([...servers].map((server) => server.name));
  const first = hostname.split(".")[0]?.toLowerCase() ?? "";
  const wanted =
    FORM.test(first) && /[a-z]/.test(first) && first.length > 1 && first !== "localhost"
      ? first
      : "this-machine";
  let name = wanted;
  for (let i = 2; taken.has(name); i++) name = `${wanted}-${i}`;
  return name;
}
