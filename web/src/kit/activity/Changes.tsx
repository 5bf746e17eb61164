/** Changes: what an edit changed, as a diff. */
import { useMemo } from "react";
import { useResources, useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { changeLines } from "~/kit/diff/changes";
import { Diff } from "~/kit/diff/Diff";
import classes from "./Changes.module.css";

export function Changes({ activity }: { activity: Activity }): React.ReactNode {
  const type = useTypes().find((each) => each.name === activity.what?.type);
  return (
    <section className={classes.changes} aria-label="Changes">
      {type ? (
        <Named activity={activity} type={type.name} schema={type.config} />
      ) : (
        <Lines activity={activity} />
      )}
    </section>
  );
}

/** Ids in a config are shown by the names its resource knows. */
function Named(props: { activity: Activity; type: string; schema: unknown }): React.ReactNode {
  const { items } = useResources(props.type);
  const names = items.get(props.activity.what?.id ?? "")?.names;
  return <Lines activity={props.activity} schema={props.schema} names={names} />;
}

function Lines(props: {
  activity: Activity;
  schema?: unknown;
  names?: Readonly<Record<string, string>> | undefined;
}): React.ReactNode {
  const { changes } = props.activity;
  const { before, after } = useMemo(
    () => changeLines(changes, props.schema ?? {}, props.names),
    [changes, props.schema, props.names],
  );
  return <Diff before={before} after={after} label="What was changed" />;
}
