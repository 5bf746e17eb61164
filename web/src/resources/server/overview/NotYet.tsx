/** NotYet: a server without a host: nobody has joined as it, or core leaves it alone. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import type { ServerResource } from "../model";

export function NotYet({ server }: { server: ServerResource }): React.ReactNode {
  return (
    <Panel label="State">
      {server.status.state === "waiting" ? <Waiting server={server} /> : <Off server={server} />}
    </Panel>
  );
}

function Waiting({ server }: { server: ServerResource }): React.ReactNode {
  return (
    <Notice
      tone="off"
      title={`${server.name} waits for its host`}
      text="Run one command there, and its usage and containers appear here by themselves."
      action={
        server.can.includes("server.join_token") && (
          <Button
            component={Link}
            to="/servers/add"
            search={{ server: server.name } as never}
            variant="filled"
          >
            Get the join command
          </Button>
        )
      }
    />
  );
}

function Off({ server }: { server: ServerResource }): React.ReactNode {
  return (
    <Notice
      tone="off"
      title={`Core leaves ${server.name} alone`}
      text="It is disabled in its config: nothing is watched, and nothing can be done on it."
      action={
        <Link className="link" to={`/servers/${server.name}/config`}>
          Open its config
        </Link>
      }
    />
  );
}
