/** What is wrong with a deployment, for the overview. */
import type { Known, Trouble, TroubleStep } from "../ui";
import { atRest, deploymentOf } from "./standing";
import { serverName, shortImage, version } from "./words";

export function troubles(known: Known): Trouble[] {
  return [stateTrouble(known), deployTrouble(known), driftTrouble(known)].filter(
    (each) => each !== undefined,
  );
}

/** The container itself; one on a silent server is that server's trouble, not its own. */
function stateTrouble(known: Known): Trouble | undefined {
  const deployment = deploymentOf(known);
  const standing = atRest(known);
  if (standing.tone !== "bad") return undefined;
  const { status } = deployment;
  return {
    id: `${known.resource.id}/state`,
    tone: "bad",
    word: standing.word,
    type: "deployment",
    resource: known.resource,
    where: serverName(deployment),
    cause: [standing.reason, `runs ${shortImage(version(deployment))}`].filter(Boolean).join(" · "),
    since: status.since,
    steps: [...working(known), { kind: "run", operation: "deployment.restart" }, openLog(known)],
  };
}

const DEPLOYING = new Set(["deployment.deploy", "deployment.roll_back"]);

/** A deploy that failed leaves the old container running: well, but not what was wanted. */
function deployTrouble(known: Known): Trouble | undefined {
  const last = known.runs.filter((run) => DEPLOYING.has(run.operation)).at(-1);
  if (last?.state !== "failed" && last?.state !== "interrupted") return undefined;
  return {
    id: `${known.resource.id}/deploy`,
    tone: "bad",
    word: last.operation === "deployment.deploy" ? "Deploy failed" : "Roll back failed",
    type: "deployment",
    resource: known.resource,
    where: serverName(deploymentOf(known)),
    cause: last.error || last.state,
    verbatim: true,
    since: last.ended,
    steps: [
      ...working(known),
      { kind: "watch", activity: last.activity },
      { kind: "run", operation: "deployment.deploy" },
    ],
  };
}

/** The container is another than was deployed: a restart or a deploy may do what nobody expects. */
function driftTrouble(known: Known): Trouble | undefined {
  const deployment = deploymentOf(known);
  const { drift } = deployment.status;
  if (!drift || known.open.length > 0) return undefined;
  return {
    id: `${known.resource.id}/drift`,
    tone: "warn",
    word: "Changed outside",
    type: "deployment",
    resource: known.resource,
    where: serverName(deployment),
    cause: drift,
    steps: [
      { kind: "open", label: "What differs", to: `/deployments/${known.resource.name}/history` },
      { kind: "run", operation: "deployment.deploy" },
    ],
  };
}

/** What is being done already comes before what one might do. */
function working(known: Known): TroubleStep[] {
  return known.open.slice(0, 1).map((activity) => ({ kind: "watch", activity: activity.id }));
}

function openLog(known: Known): TroubleStep {
  return { kind: "open", label: "Open log", to: `/deployments/${known.resource.name}/log` };
}
