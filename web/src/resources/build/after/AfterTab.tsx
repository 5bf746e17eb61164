/** After a build: what will be redeployed, how the last rounds went, and who gains what by writing the build. */
import { Link } from "@tanstack/react-router";
import type { Build, Resource } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { activityStanding } from "~/kit/activity/standing";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { Shape } from "~/kit/State";
import { Ago } from "~/kit/time";
import { plural } from "~/kit/units";
import classes from "./After.module.css";
import { type Follower, useFollowers } from "./useFollowers";
import { useRounds } from "./useRounds";
import { WritersText } from "./WritersText";

export function AfterTab({ resource }: { resource: Resource }): React.ReactNode {
  const build = resource as unknown as Build;
  return (
    <div className="stack">
      <Followers build={build} />
      <Rounds build={build} />
      <Panel title="Who decides what runs there">
        <p className={classes.text}>
          <WritersText build={build.id} name={build.name} />
        </p>
      </Panel>
    </div>
  );
}

function Followers({ build }: { build: Build }): React.ReactNode {
  const { followers, ready } = useFollowers(build.id);
  return (
    <Panel title="Redeployed after a build" note={howOf(build)}>
      {ready && followers.length === 0 && (
        <Notice
          title="No deployment asks for it"
          text="Switch on “Redeploy on build” in the config of a deployment that runs this build’s image."
        />
      )}
      <ul>
        {followers.map((each) => (
          <FollowerRow key={each.deployment} follower={each} />
        ))}
      </ul>
    </Panel>
  );
}

function FollowerRow({ follower }: { follower: Follower }): React.ReactNode {
  return (
    <li className={classes.follower}>
      <Link className="cut strong" to={`/deployments/${follower.name}`}>
        {follower.name}
      </Link>
      <span className="mono muted">{follower.version || "—"}</span>
      <span className="faint cut">{follower.server}</span>
      <span className={`${classes.how} cut`} title={follower.skipped || undefined}>
        {follower.skipped
          ? `left alone: ${follower.skipped}`
          : `as ${follower.redeploys_as || "nobody known"}`}
      </span>
    </li>
  );
}

function Rounds({ build }: { build: Build }): React.ReactNode {
  const { rounds, ready } = useRounds(build.id);
  const { open } = useDrawer();
  if (!ready || rounds.length === 0) return null;
  return (
    <Panel title="Last redeploys">
      <ol>
        {rounds.map((round) => {
          const standing = activityStanding(round);
          return (
            <li key={round.id}>
              <button
                type="button"
                className={classes.round}
                data-row={round.id}
                onClick={() => open(round.id)}
              >
                <Shape tone={standing.tone} />
                <span className="unseen">{standing.word}: </span>
                <span className="cut">{round.summary || round.error || standing.word}</span>
                <span className={classes.when}>
                  <Ago at={round.ended ?? round.created} suffix=" ago" />
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

/** "3 at a time, stopping at the first that fails". */
function howOf({ config }: Build): string {
  const how =
    config.redeploy_limit === 1
      ? "one after another"
      : `${plural(config.redeploy_limit, "deployment")} at a time`;
  return config.redeploy_stop_on_failure ? `${how}, stopping once one fails` : how;
}
