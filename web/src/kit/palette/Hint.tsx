/** Hint: at the right of a line: how the thing stands, why it cannot be done, or when it was used last. */
import type { Resource } from "~/api/types";
import { AlertSign } from "~/kit/alert/AlertSign";
import { useSigns } from "~/kit/alert/useSigns";
import { standingOf } from "~/kit/resource/standing";
import { Shape, type Sign, type Standing } from "~/kit/State";
import { ago, span, useNowText } from "~/kit/time";
import { signOf } from "~/pages/containers/placed";
import { containerStanding } from "~/pages/containers/standing";
import { uiOf } from "~/resources/registry";
import type { Entry } from "./entry";
import classes from "./Palette.module.css";
import type { Known } from "./useIndex";

export function Hint({
  entry,
  known,
  again,
}: {
  entry: Entry;
  known: Known;
  again: boolean;
}): React.ReactNode {
  const { not, hint, target, placed, used } = entry;
  const signs = useSigns();
  if (not !== undefined) return <span className={`${classes.why} cut`}>{not}</span>;
  if (hint) return <kbd>{hint}</kbd>;
  if (target && isPlace(entry)) {
    const { resource, type } = target;
    const runs = known.runs.get(type)?.get(resource.id)?.items ?? [];
    const standing = standingOf(
      { resource, open: [...(known.open.get(resource.id) ?? [])], runs },
      uiOf(type),
    );
    return (
      <Stands
        standing={standing}
        sign={signs.of.get(resource.id)}
        instead={standing.tone === "ok" ? <Facts resource={resource} /> : undefined}
      />
    );
  }
  if (placed) {
    const { project } = placed.container;
    const standing = containerStanding(placed.container, project !== "" || placed.deployment !== "");
    const from = project ? `Compose ${project}` : "Not managed";
    const instead = standing.tone === "ok" ? from : undefined;
    return <Stands standing={standing} sign={signOf(signs, placed)} instead={instead} />;
  }
  return again && used !== undefined ? <Used at={used} /> : null;
}

function Stands(props: {
  standing: Standing;
  sign: Sign | undefined;
  instead?: React.ReactNode;
}): React.ReactNode {
  const { tone, word, reason } = props.standing;
  return (
    <span className={classes.standing} data-state={tone} title={reason}>
      <Shape tone={tone} />
      <span className="cut">{props.instead ?? word}</span>
      <AlertSign sign={props.sign} plain />
    </span>
  );
}

/** Of a thing that is well: its version, and for how long. */
function Facts({ resource }: { resource: Resource }): React.ReactNode {
  const { version } = resource.info as { version?: string };
  const { since } = resource.status as { since?: string | null };
  const up = useNowText((now) => (since ? `up ${span((now - Date.parse(since)) / 1000)}` : ""));
  const known = [version !== "0.0.0" && version, up].filter(Boolean).join(", ");
  return known || "Ok";
}

function Used({ at }: { at: number }): React.ReactNode {
  return useNowText((now) => {
    const age = ago((now - at) / 1000);
    return age === "now" ? "just now" : `${age} ago`;
  });
}

/** The thing itself, not something done with it or a part of its page. */
function isPlace({ key, target }: Entry): boolean {
  return target !== undefined && key === `${target.type}:${target.resource.id}`;
}
