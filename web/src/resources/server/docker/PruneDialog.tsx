/** PruneDialog: exactly what would go, each with a tick, and how much room that makes. */
import { Button, Checkbox, Modal } from "@mantine/core";
import { useState } from "react";
import { ProblemText } from "~/kit/ProblemText";
import { useSubmit } from "~/kit/submit/useSubmit";
import { plural } from "~/kit/units";
import type { ServerResource } from "../model";
import classes from "./docker.module.css";
import type { Kind } from "./things";
import { useStart } from "./useStart";

export interface Going {
  /** What the API calls it by. */
  id: string;
  label: string;
  /** Beside it: a size, an age. */
  note: React.ReactNode;
  /** Ticked from the start. */
  ticked: boolean;
}

export function PruneDialog(props: {
  server: ServerResource;
  kind: Kind;
  text: string;
  going: readonly Going[] | undefined;
  problem: React.ReactNode;
  /** Above the list: what else it may show. */
  options?: React.ReactNode;
  /** How much room those chosen would leave, in words. */
  room?(chosen: ReadonlySet<string>): string;
  onClose(): void;
}): React.ReactNode {
  const { server, kind, going, onClose } = props;
  const { start } = useStart(server);
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isTicked = (one: Going) => changed.get(one.id) ?? one.ticked;
  const chosen = new Set(going?.filter(isTicked).map(({ id }) => id));
  const tick = (ids: readonly string[], on: boolean) =>
    setChanged((old) => new Map([...old, ...ids.map((id) => [id, on] as const)]));
  const form = useSubmit([], async () => {
    await start(`prune_${kind}s`, { [`${kind}s`]: [...chosen] }, `Prune ${kind}s of ${server.name}`);
    onClose();
  });
  return (
    <Modal opened onClose={onClose} title={`Prune ${kind}s of ${server.name}`} size={560}>
      <form className="stack" onSubmit={form.onSubmit}>
        <p className="muted">{props.text}</p>
        {props.options}
        {props.problem}
        {going && going.length > 0 && (
          <Checkbox
            label={`All ${going.length}`}
            checked={chosen.size === going.length}
            indeterminate={chosen.size > 0 && chosen.size < going.length}
            onChange={(event) =>
              tick(
                going.map(({ id }) => id),
                event.currentTarget.checked,
              )
            }
          />
        )}
        {going && <Ticks going={going} isTicked={isTicked} tick={tick} kind={kind} />}
        {form.problem && <ProblemText problem={form.problem} />}
        <div className={classes.ends}>
          <span className="grow muted" role="status">
            {going && chosen.size > 0 && props.room?.(chosen)}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" className={classes.danger} disabled={form.busy || chosen.size === 0}>
            {form.busy ? "Remove…" : `Remove ${plural(chosen.size, kind)}`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Ticks(props: {
  going: readonly Going[];
  kind: Kind;
  isTicked(one: Going): boolean;
  tick(ids: readonly string[], on: boolean): void;
}): React.ReactNode {
  const { going, kind, isTicked, tick } = props;
  if (going.length === 0) return <p className={classes.nothing}>There is nothing to remove.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
    <ul className={classes.ticks} aria-label={`What would go: ${kind}s`} tabIndex={0}>
      {going.map((one) => (
        <li key={one.id}>
          <Checkbox
            label={<bdi>{one.label}</bdi>}
            checked={isTicked(one)}
            onChange={(event) => tick([one.id], event.currentTarget.checked)}
          />
          <span className="faint small">{one.note}</span>
        </li>
      ))}
    </ul>
  );
}
