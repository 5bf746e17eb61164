/** Troubles of a server: down, Docker silent, a disk that is nearly full. */
import { Sparkline } from "~/kit/Sparkline";
import type { Tone } from "~/kit/State";
import { percent } from "~/kit/units";
import type { Known, Trouble } from "../ui";
import { isDockerSilent, type ServerResource, serverOf } from "./model";
import { diskTone } from "./standing";
import { useTrend } from "./useTrends";

export function serverTroubles(known: Known): Trouble[] {
  const server = serverOf(known);
  if (server.status.state === "down") return [down(server)];
  if (isDockerSilent(server)) return [silent(server)];
  const tone = server.status.state === "up" ? diskTone(server.status.disk) : undefined;
  return tone ? [full(server, tone)] : [];
}

function down(server: ServerResource): Trouble {
  const { address, port } = server.config;
  return {
    ...about(server, "down"),
    tone: "bad",
    word: "Down",
    where: address ? `${address} port ${port}` : "",
    cause: server.status.reason || "the host does not answer",
    verbatim: server.status.reason !== "",
    since: server.status.since,
  };
}

function silent(server: ServerResource): Trouble {
  return {
    ...about(server, "docker"),
    tone: "bad",
    word: "Docker silent",
    cause: server.status.reason || "Docker on this host does not answer",
    verbatim: server.status.reason !== "",
    since: server.status.since,
  };
}

function full(server: ServerResource, tone: Tone): Trouble {
  return {
    ...about(server, "disk"),
    tone,
    word: "Disk high",
    where: server.status.fullest,
    cause: `${percent(server.status.disk ?? 0)} full`,
    looms: true,
    evidence: <DiskTrend server={server.id} tone={tone} />,
  };
}

function about(server: ServerResource, what: string): Pick<Trouble, "id" | "type" | "resource" | "steps"> {
  return {
    id: `${server.id}/${what}`,
    type: "server",
    resource: server,
    steps: [{ kind: "open", label: "Open server", to: `/servers/${server.name}` }],
  };
}

function DiskTrend({ server, tone }: { server: string; tone: Tone }): React.ReactNode {
  return <Sparkline values={useTrend(server)?.disk ?? []} max={100} width={72} tone={tone} />;
}
