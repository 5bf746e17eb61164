/** DeploymentsPanel: where each version runs: a square for each deployment, filled if it is on the newest. */
import { Link } from "@tanstack/react-router";
import { memo, useMemo } from "react";
import { Panel } from "~/kit/Panel";
import { useStanding } from "~/kit/resource/listStanding";
import { type Standing, worstTone } from "~/kit/State";
import { type Counted, Tally } from "~/kit/Tally";
import { Ago } from "~/kit/time";
import { buildOf } from "~/resources/build/words";
import { deploymentOf } from "~/resources/deployment/standing";
import type { Known } from "~/resources/ui";
import classes from "./Overview.module.css";
import { type Family, familiesOf, type Place } from "./versions";

/** Rows there may be; how many are in sight the height of the window decides. */
const MOST = 8;
/** With more than this many, squares would be too thin: their shares are drawn instead. */
const SQUARES = 12;

export const DeploymentsPanel = memo(function DeploymentsPanel(props: {
  deployments: readonly Known[];
  builds: readonly Known[];
}): React.ReactNode {
  const { deployments, builds } = props;
  const families = useMemo(() => {
    const byId = new Map(builds.map((known) => [known.resource.id, buildOf(known)]));
    return familiesOf(deployments.map(deployedOf), byId);
  }, [deployments, builds]);
  const standing = useStanding("deployment");
  const counts = useMemo(() => countsOf(deployments.map(standing)), [deployments, standing]);
  return (
    <Panel
      label="Deployments"
      title={<Link to="/deployments">Deployments</Link>}
      note={<Tally counts={counts} />}
      end={families.length > 0 && <span className={`${classes.wide} faint tiny`}>newest version on</span>}
    >
      <ul className={classes.rows}>
        {families.slice(0, MOST).map((family) => (
          <FamilyRow key={family.id} family={family} />
        ))}
      </ul>
      {families.length === 0 && <p className={classes.none}>Nothing is deployed yet</p>}
    </Panel>
  );
});

function deployedOf(known: Known) {
  const doing = known.open.some((activity) => activity.operation === "deployment.deploy");
  return { deployment: deploymentOf(known), doing };
}

function FamilyRow({ family }: { family: Family }): React.ReactNode {
  const { name, to, newest, spots, deployed } = family;
  return (
    <li className={classes.family}>
      <Link to={to} className={`${classes.name} cut`} title={name}>
        {name}
      </Link>
      <span className="mono muted cut" title={newest}>
        {newest || "—"}
      </span>
      <span className={classes.places}>
        <Places family={family} />
        <span className="faint small">
          {numberOf(family, "newest")}/{spots.length}
        </span>
      </span>
      <span className={classes.when}>{deployed && <Ago at={deployed} />}</span>
    </li>
  );
}

const PLACES: readonly Place[] = ["doing", "newest", "behind", "none"];
const WORDS: Record<Place, string> = {
  doing: "being deployed",
  newest: "on it",
  behind: "behind",
  none: "not running",
};

function Places({ family }: { family: Family }): React.ReactNode {
  const { spots, newest } = family;
  const there = PLACES.filter((place) => numberOf(family, place) > 0);
  const said = there.map((place) => `${numberOf(family, place)} ${WORDS[place]}`).join(", ");
  const label = newest ? `${newest}: ${said}` : said;
  if (spots.length > SQUARES) {
    return (
      <span className={classes.shares} role="img" aria-label={label} title={label}>
        {there.map((place) => (
          <i key={place} data-place={place} style={{ flexGrow: numberOf(family, place) }} />
        ))}
      </span>
    );
  }
  return (
    <span className={classes.squares} role="img" aria-label={label}>
      {spots.map((spot) => (
        <i
          key={spot.id}
          data-place={spot.place}
          title={[spot.name, spot.server && `on ${spot.server}`, spot.version].filter(Boolean).join(" ")}
        />
      ))}
    </span>
  );
}

function numberOf({ spots }: Family, place: Place): number {
  return spots.filter((spot) => spot.place === place).length;
}

function countsOf(standings: readonly Standing[]): Counted[] {
  const tones = { ok: 0, busy: 0, bad: 0, warn: 0, off: 0 };
  for (const standing of standings) tones[worstTone(standing)] += 1;
  const all: Counted[] = [
    { tone: "ok", count: tones.ok, word: "running" },
    { tone: "busy", count: tones.busy, word: "at work", bare: true },
    { tone: "bad", count: tones.bad, word: "in trouble", bare: true },
    { tone: "warn", count: tones.warn, word: "in need of a look", bare: true },
    { tone: "off", count: tones.off, word: "stopped", bare: tones.bad + tones.warn > 0 },
  ];
  return all.filter(({ count, tone }) => count > 0 || tone === "ok");
}
