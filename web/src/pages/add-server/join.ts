/** Join: where a host's joining stands, as core tells it, and the steps people see of it. Pure. */
import type { Tone } from "~/kit/State";
import type { ServerResource } from "~/resources/server/model";

/** The topic `server.watch_join`. */
export interface Join {
  state: "none" | "waiting" | "introduced" | "calling" | "failed" | "joined";
  error: string;
  hint: string;
  address: string;
  port: number;
  /** When it last changed. */
  at: string | null;
  /** Until when the newest token may be used. */
  expires: string | null;
}

export interface JoinStep {
  id: "host" | "call" | "joined";
  tone: Tone;
  text: string;
}

/** The three lights; what is still to come is off. */
export function joinSteps(join: Join): JoinStep[] {
  const where = placeOf(join);
  if (isRefused(join)) return refused(join);
  const heard = join.state !== "none" && join.state !== "waiting";
  const host: JoinStep = heard
    ? {
        id: "host",
        tone: "ok",
        text: where ? `The host at ${join.address} has proved its token` : "The host has proved its token",
      }
    : {
        id: "host",
        tone: join.state === "waiting" ? "busy" : "off",
        text: "Waiting for the host to run the command",
      };
  return [host, callStep(join, where), joinedStep(join)];
}

/** Some host came with this token and could not prove it, so that core never called it. */
function isRefused(join: Join): boolean {
  return join.state === "failed" && !join.address;
}

function refused(join: Join): JoinStep[] {
  return [
    { id: "host", tone: "bad", text: "A host was refused" },
    ...joinSteps({ ...join, state: "none" }).slice(1),
  ];
}

function callStep(join: Join, where: string): JoinStep {
  switch (join.state) {
    case "introduced":
      return { id: "call", tone: "busy", text: `The host opens port ${join.port}` };
    case "calling":
      return { id: "call", tone: "busy", text: `Core calls back at ${where}` };
    case "failed":
      return {
        id: "call",
        tone: "bad",
        text: where ? `Core cannot call back at ${where}` : "Core cannot call back",
      };
    case "joined":
      return { id: "call", tone: "ok", text: where ? `Core called back at ${where}` : "Core called back" };
    default:
      return { id: "call", tone: "off", text: "Core calls the host back" };
  }
}

function joinedStep(join: Join): JoinStep {
  return join.state === "joined"
    ? { id: "joined", tone: "ok", text: "Joined" }
    : { id: "joined", tone: "off", text: "The host is part of the fleet" };
}

function placeOf({ address, port }: Join): string {
  if (!address) return "";
  return port ? `${address} port ${port}` : address;
}

/** What may be in the way, the likeliest first; a refusal says by itself what to do. */
export function waysOut(join: Join): string[] {
  if (isRefused(join)) return [];
  const { address, port } = join;
  const at = port || 8120;
  return [
    `Let the host’s firewall (and the provider’s) pass TCP port ${at} from core.`,
    `If core reaches the host at another address than ${address}, say which one above: it becomes part of the command.`,
    "Then run the command on the host again. The same token is good until it expires.",
  ];
}

/** Some host has joined as this server, lately or long ago. */
export function hasJoined(server: ServerResource): boolean {
  return server.info.pin !== "" && server.info.pin !== undefined;
}

/** Nothing is left to do: it joined, and this tab holds no command with which another could. */
export function isOver(join: Join, joined: boolean, holdsToken: boolean): boolean {
  return join.state === "joined" || (joined && !holdsToken);
}
