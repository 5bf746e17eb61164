/** Facts: what a server is, in one line under its name. */
import { Ago, span } from "~/kit/time";
import { bytes, plural } from "~/kit/units";
import { AgentVersion } from "./cells";
import { isUp, type ServerResource, systemName } from "./model";

export function Facts({ server }: { server: ServerResource }): React.ReactNode {
  const { config, status } = server;
  const { agent } = status;
  const cores = status.cores ?? agent?.cores;
  const memory = status.memory_total ?? agent?.memory;
  return (
    <>
      {config.address && (
        <span className="mono cut" title={`${config.address} port ${config.port}`}>
          {config.address}
        </span>
      )}
      {agent?.system && <span title={agent.system}>{systemName(agent.system)}</span>}
      {cores ? <span>{plural(cores, "core")}</span> : null}
      {memory ? <span>{bytes(memory)}</span> : null}
      {agent?.docker && <span>Docker {agent.docker}</span>}
      {agent && (
        <span>
          agent <AgentVersion server={server} />
        </span>
      )}
      {isUp(server) && status.uptime !== null && <span>up {span(status.uptime)}</span>}
      {status.state === "down" && status.since && (
        <span>
          last seen <Ago at={status.since} suffix=" ago" />
        </span>
      )}
      {status.state === "waiting" && <span>No periphery has joined yet</span>}
    </>
  );
}
