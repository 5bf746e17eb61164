/** DriftPanel: what was changed of the container outside Monitor, and the ways out: deploy again, or take it over. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useType } from "~/api/hooks";
import { ask, Problem } from "~/api/http";
import type { Deployment, Resource } from "~/api/types";
import { OfferButton } from "~/kit/action/OfferButton";
import { offerOf } from "~/kit/action/offers";
import { Panel } from "~/kit/Panel";
import { ProblemText } from "~/kit/ProblemText";
import { Shape, type Tone } from "~/kit/State";
import { toast } from "~/kit/toast";
import { plural } from "~/kit/units";
import classes from "./history.module.css";
import { type Difference, type Drift, useDrift } from "./useHistory";
import { readable, takenOver } from "./words";

const TONES: Record<Drift["state"], Tone> = { none: "ok", drifted: "warn", gone: "bad", unknown: "off" };

export function DriftPanel({ resource }: { resource: Resource }): React.ReactNode {
  const { data: drift, problem } = useDrift(resource as unknown as Deployment);
  if (problem) {
    return (
      <Panel title="Changed outside Monitor">
        <div className={classes.verdict}>
          <ProblemText problem={problem} />
        </div>
      </Panel>
    );
  }
  if (!drift) return null;
  return (
    <Panel label="Changed outside Monitor" title="Changed outside Monitor">
      <p className={classes.verdict} data-drift={drift.state}>
        <Shape tone={TONES[drift.state]} /> {said(drift)}
      </p>
      {drift.differences.length > 0 && <Differences differences={drift.differences} />}
      {drift.state === "drifted" && <WaysOut resource={resource} drift={drift} />}
    </Panel>
  );
}

function said(drift: Drift): string {
  if (drift.state === "none") return "Nothing: the container is as it was deployed.";
  if (drift.state === "unknown") return `Unknown: ${drift.reason}`;
  if (drift.state === "gone") return sentence(drift.reason);
  const differ = drift.differences.length > 0 ? plural(drift.differences.length, "difference") : "";
  return [drift.reason && sentence(drift.reason), differ && `${differ} from what was deployed.`]
    .filter(Boolean)
    .join(" ");
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function Differences({ differences }: { differences: readonly Difference[] }): React.ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
    <section className={classes.scroll} tabIndex={0} aria-label="Differences">
      <table className={classes.differences}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Deployed</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((one) => (
            <tr key={one.field}>
              <th scope="row">
                <bdi>{one.field}</bdi>
              </th>
              <td dir="auto">{readable(one.wanted)}</td>
              <td dir="auto">{readable(one.found)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function WaysOut({ resource, drift }: { resource: Resource; drift: Drift }): React.ReactNode {
  const type = useType("deployment");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const patch = takenOver(drift.differences);
  const count = Object.keys(patch).length;
  const deploy = type && offerOf(type, "deployment.deploy", resource);
  const takeOver = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { revision } = resource;
      await ask("PATCH", `/deployments/${resource.id}`, { body: { config: patch }, revision });
      toast.ok("The config says it now; it is deployed as it is at the next deploy");
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      setProblem(failure);
    }
    setBusy(false);
  };
  return (
    <div className={classes.out}>
      {deploy && <OfferButton offer={{ ...deploy, label: "Deploy again" }} resource={resource} />}
      {count > 0 && resource.can.includes("deployment.update") && (
        <Button variant="default" disabled={busy} onClick={() => void takeOver()}>
          Take over into the config
        </Button>
      )}
      <span className="faint small">
        Deploying again undoes it; taking over puts {count > 0 ? "what the config can say" : "nothing"} into
        the config.
      </span>
      <ProblemText problem={problem} />
    </div>
  );
}
