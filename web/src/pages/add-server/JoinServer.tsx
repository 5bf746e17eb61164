/** JoinServer: the command and what comes of it, for one server: two steps that light up by themselves. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useMe } from "~/api/hooks";
import { ProblemText } from "~/kit/ProblemText";
import type { ServerResource } from "~/resources/server/model";
import { Command } from "./Command";
import { Joined } from "./Joined";
import { JoinProgress } from "./JoinProgress";
import { hasJoined, isOver } from "./join";
import { Step } from "./Steps";
import { type Joining, useJoin } from "./useJoin";

export function JoinServer(props: {
  server: ServerResource;
  /** Number of the first of the two steps. */
  from: number;
  another?: () => void;
}): React.ReactNode {
  const { server, from, another } = props;
  const joining = useJoin(server.id);
  const { join, token } = joining;
  const done = isOver(join, hasJoined(server), token !== undefined);
  const [before] = useState(hasJoined(server));
  return (
    <>
      <Step
        number={from}
        title={done ? "The command was run on the host" : "Run this on the host"}
        at={done ? "done" : "now"}
      >
        {!done && <Command server={server} joining={joining} />}
      </Step>
      <Step
        number={from + 1}
        title={done ? "Joined" : "Monitor notices by itself"}
        at={done ? "done" : join.state === "none" || join.state === "waiting" ? "later" : "now"}
      >
        {done ? (
          <>
            <Joined server={server} {...(another ? { another } : {})} />
            {before && <Replace joining={joining} />}
          </>
        ) : (
          <JoinProgress join={join} />
        )}
      </Step>
    </>
  );
}

/** A host that was set up anew has a new key: an admin may let it take the old one's place. */
function Replace({ joining }: { joining: Joining }): React.ReactNode {
  const { user } = useMe();
  if (!user.admin) return null;
  return (
    <details>
      <summary className="muted">The host was set up anew, or another is to take its place</summary>
      <div className="stack" style={{ marginTop: "var(--s2)" }}>
        <p className="muted small">
          The next host that joins with the command replaces the one that has joined; until then nothing
          changes.
        </p>
        <ProblemText problem={joining.problem} />
        <div>
          <Button loading={joining.busy} onClick={() => joining.make(true)}>
            Make a command that replaces it
          </Button>
        </div>
      </div>
    </details>
  );
}
