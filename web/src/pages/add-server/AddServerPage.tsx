/** Add server: three steps that light up by themselves; `?server=NAME` goes on with one that was begun. */
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useResource } from "~/api/hooks";
import { Missing } from "~/app/Missing";
import { Where } from "~/app/Where";
import { Panel } from "~/kit/Panel";
import { Tags } from "~/kit/Tags";
import type { ServerResource } from "~/resources/server/model";
import classes from "./AddServerPage.module.css";
import { JoinServer } from "./JoinServer";
import { hasJoined } from "./join";
import { NameStep } from "./NameStep";
import { Step, Steps } from "./Steps";

export function AddServerPage(): React.ReactNode {
  const chosen = useSearch({ strict: false, select: chosenServer });
  const navigate = useNavigate();
  const choose = (server: string | undefined) =>
    void navigate({ to: "/servers/add", search: server ? { server } : {} });
  return (
    <>
      <Where title="Add server">
        <Link to="/servers">Servers</Link>
        <span className="faint">/</span>
        <h1>Add server</h1>
      </Where>
      <Panel label="Add server" className={classes.page}>
        <Steps>
          {chosen ? (
            <Chosen key={chosen} name={chosen} another={() => choose(undefined)} />
          ) : (
            <>
              <Step number={1} title="Name it" at="now">
                <NameStep done={(server) => choose(server.name)} />
              </Step>
              <Step number={2} title="Run one command on the host" at="later" />
              <Step number={3} title="Monitor notices by itself" at="later" />
            </>
          )}
        </Steps>
      </Panel>
    </>
  );
}

function Chosen({ name, another }: { name: string; another: () => void }): React.ReactNode {
  const { found, ready } = useResource<ServerResource>("server", name);
  if (!found) return ready ? <Missing what="server" within /> : null;
  return (
    <>
      <Step
        number={1}
        title={found.name}
        at="done"
        note={
          <>
            <Tags tags={found.tags} />
            {!hasJoined(found) && (
              <button type="button" className={classes.change} onClick={another}>
                Add another instead
              </button>
            )}
          </>
        }
      />
      <JoinServer server={found} from={2} another={another} />
    </>
  );
}

function chosenServer(search: Record<string, unknown>): string | undefined {
  return search.server === undefined || search.server === "" ? undefined : String(search.server);
}
