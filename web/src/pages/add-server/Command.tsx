/** Command: the join command of one server, or the way to one. */
import { Button } from "@mantine/core";
import { ProblemText } from "~/kit/ProblemText";
import type { ServerResource } from "~/resources/server/model";
import { JoinCommand } from "./JoinCommand";
import { hasJoined } from "./join";
import type { Joining } from "./useJoin";

export function Command({ server, joining }: { server: ServerResource; joining: Joining }): React.ReactNode {
  const { join, token, busy, problem, make } = joining;
  if (token) {
    return (
      <>
        <JoinCommand
          port={join.port || server.config.port}
          token={token}
          failed={join.state === "failed"}
          busy={busy}
          another={() => make(hasJoined(server))}
        />
        <ProblemText problem={problem} />
      </>
    );
  }
  if (!server.can.includes("server.join_token")) {
    return <p className="muted">Making its join command needs write access to {server.name}.</p>;
  }
  return (
    <>
      {join.state !== "none" && (
        <p className="muted">
          A command was made before, in another tab or by somebody else; it is shown only there.
        </p>
      )}
      <ProblemText problem={problem} />
      <div>
        <Button variant="filled" loading={busy} onClick={() => make()}>
          {join.state === "none" ? "Make the join command" : "Make another command"}
        </Button>
      </div>
    </>
  );
}
