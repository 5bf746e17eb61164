/** Details: one thing of a server's Docker: its facts, what uses it, all Docker says of it, and its removal. */
import { Button, Modal } from "@mantine/core";
import { useAsked } from "~/api/asked";
import { usePhone } from "~/kit/list/usePhone";
import { ProblemText } from "~/kit/ProblemText";
import type { ServerResource } from "../model";
import classes from "./docker.module.css";
import type { Kind, Used } from "./things";
import { UsedByList } from "./UsedByCell";

export interface Fact {
  label: string;
  value: React.ReactNode;
}

export function Details(props: {
  server: ServerResource;
  kind: Kind;
  /** What the API calls it by. */
  name: string;
  title: string;
  facts: readonly Fact[];
  thing: Used;
  onClose(): void;
  /** Undefined where the viewer may not, or nobody can. */
  onRemove?: (() => void) | undefined;
  children?: React.ReactNode;
}): React.ReactNode {
  const { server, kind, name, title, facts, thing, onRemove } = props;
  const inspects = server.can.includes(`server.inspect_${kind}`);
  return (
    <Modal opened onClose={props.onClose} title={<bdi>{title}</bdi>} size={720} fullScreen={usePhone()}>
      <div className="stack">
        <dl className={classes.facts}>
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          <div>
            <dt>Used by</dt>
            <dd>
              <UsedByList thing={thing} />
            </dd>
          </div>
        </dl>
        {props.children}
        {inspects ? (
          <Inspected server={server} kind={kind} name={name} />
        ) : (
          <p className="faint small">The right inspect on this server shows all that Docker says of it.</p>
        )}
        {onRemove && (
          <div className={classes.ends}>
            <Button className={classes.danger} onClick={onRemove}>
              Remove…
            </Button>
          </div>
        )}
      </div>
    </Modal>
  );
}

/** What Docker itself says, folded: for those who know its words. */
function Inspected({ server, kind, name }: { server: ServerResource; kind: Kind; name: string }) {
  const { data, error } = useAsked<object>(`/servers/${server.id}/inspect_${kind}`, { [kind]: name });
  if (error) return <ProblemText problem={error} />;
  return (
    <details className={classes.fold}>
      <summary>All Docker says</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable */}
      <pre className="mono" dir="auto" tabIndex={0}>
        {data ? JSON.stringify(data, undefined, 2) : "…"}
      </pre>
    </details>
  );
}
