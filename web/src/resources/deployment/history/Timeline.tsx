/** Timeline: each release on a line of time: what ran, when, by whom, how it ended; one click rolls back to it. */
import { Button } from "@mantine/core";
import type { Resource } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { Shape, type Tone } from "~/kit/State";
import { Ago } from "~/kit/time";
import { shortImage } from "../words";
import { Comparison } from "./Comparison";
import classes from "./history.module.css";
import { RollBack } from "./RollBack";
import type { Deployed } from "./useHistory";

const TONES: Record<Deployed["state"], Tone> = {
  queued: "busy",
  running: "busy",
  succeeded: "ok",
  failed: "bad",
  cancelled: "off",
  interrupted: "warn",
};

export function Timeline(props: {
  history: readonly Deployed[];
  resource: Resource;
  chosen: number | undefined;
  choose(release: number | undefined): void;
}): React.ReactNode {
  return (
    <ol className={classes.line}>
      {props.history.map((one) => (
        <Entry key={one.activity} {...props} one={one} />
      ))}
    </ol>
  );
}

function Entry(props: {
  one: Deployed;
  history: readonly Deployed[];
  resource: Resource;
  chosen: number | undefined;
  choose(release: number | undefined): void;
}): React.ReactNode {
  const { one, history, resource, chosen, choose } = props;
  const { open } = useDrawer();
  const isChosen = one.release > 0 && one.release === chosen;
  return (
    <li className={classes.entry} data-chosen={isChosen || undefined} data-release={one.release}>
      <span className={classes.mark}>
        <Shape tone={TONES[one.state]} />
      </span>
      <div className={classes.said}>
        <span className={classes.title}>
          <span className="strong">{one.release > 0 ? `Release ${one.release}` : wordOf(one.state)}</span>
          {one.runs && <span className={classes.runs}>runs now</span>}
          {one.operation === "deployment.roll_back" && <span className="faint small">rolled back</span>}
        </span>
        <span className={classes.what}>
          {one.image && (
            <bdi
              className="mono cut"
              title={[one.image, one.digest || one.image_id].filter(Boolean).join("\n")}
            >
              {shortImage(one.image)}
            </bdi>
          )}
          {one.image_id && (
            <span className="mono faint tiny">{one.image_id.replace("sha256:", "").slice(0, 12)}</span>
          )}
          <span className="faint small">config {one.revision}</span>
        </span>
        {one.error && (
          <bdi className={classes.why} dir="auto" title={one.error}>
            {one.error}
          </bdi>
        )}
      </div>
      <span className={classes.when}>
        <Ago at={one.ended ?? one.began} suffix=" ago" /> · <bdi>{one.who.name}</bdi>
      </span>
      <span className={classes.ends}>
        <Button size="compact-sm" variant="subtle" onClick={() => open(one.activity)}>
          Steps
        </Button>
        {one.release > 0 && (
          <Button
            size="compact-sm"
            variant={isChosen ? "filled" : "default"}
            aria-pressed={isChosen}
            onClick={() => choose(isChosen ? undefined : one.release)}
          >
            Compare
          </Button>
        )}
        {one.release > 0 && !one.runs && <RollBack resource={resource} release={one.release} />}
      </span>
      {isChosen && <Comparison history={history} release={one} resource={resource} />}
    </li>
  );
}

function wordOf(state: Deployed["state"]): string {
  if (state === "running" || state === "queued") return "Being deployed";
  return state.slice(0, 1).toUpperCase() + state.slice(1);
}
