/** Problems: what is wrong, worst first, and in one calm line how much is well. */
import { useMediaQuery } from "@mantine/hooks";
import { useMemo, useState } from "react";
import { useLink, useTypes } from "~/api/hooks";
import { useNav } from "~/app/nav";
import { useAlerts } from "~/kit/alert/useAlerts";
import { remembered } from "~/kit/list/remembered";
import { Panel } from "~/kit/Panel";
import { standingOf } from "~/kit/resource/standing";
import { Shape } from "~/kit/State";
import { count, plural } from "~/kit/units";
import { uiOf } from "~/resources/registry";
import type { Known } from "~/resources/ui";
import { withAlerts } from "./alerted";
import classes from "./Problems.module.css";
import type { World } from "./scope";
import { TroubleRow } from "./TroubleRow";
import { type Calm, calmOf, troublesOf } from "./troubles";
import { useLingering, useOrdered } from "./useTroubles";

/** The fleet below is to be in sight, too. */
const SHOWN = { low: 5, high: 8 };

export function Problems({ world }: { world: World }): React.ReactNode {
  const look = useLook();
  const { list: alerts } = useAlerts();
  const found = useMemo(
    () => withAlerts(troublesOf(world, look.troubles), alerts, world),
    [world, look, alerts],
  );
  const there = useLingering(found, world);
  const calm = useMemo(() => calmOf(world, there, look.standing), [world, there, look]);
  const [held, hold] = useState(false);
  const troubles = useOrdered(there, held);
  const high = useMediaQuery("(min-height: 1000px)", false, { getInitialValueInEffect: false });
  const [all, showAll] = useState(false);
  const shown = all ? troubles : troubles.slice(0, high ? SHOWN.high : SHOWN.low);
  const more = troubles.length - shown.length;
  const title = plural(troubles.length, "problem");
  return (
    <Panel
      className={classes.panel}
      label={troubles.length > 0 ? title : "Problems"}
      {...(troubles.length > 0 ? { title, note: "worst first" } : {})}
    >
      {troubles.length > 0 && (
        <ul
          onPointerEnter={(event) => event.pointerType === "mouse" && hold(true)}
          onPointerLeave={() => hold(false)}
          onFocus={() => hold(true)}
          onBlur={() => hold(false)}
        >
          {shown.map(({ trouble, known }) => (
            <TroubleRow key={trouble.id} trouble={trouble} known={known} />
          ))}
        </ul>
      )}
      {(more > 0 || all) && (
        <button type="button" className={classes.more} onClick={() => showAll(!all)} aria-expanded={all}>
          {all ? "Show fewer" : `and ${count(more)} more`}
        </button>
      )}
      <CalmLine calm={calm} alone={troubles.length === 0} />
    </Panel>
  );
}

/** What each type's own screen says of a resource, worked out once for each state of it. */
function useLook() {
  const types = useTypes();
  return useMemo(() => {
    const looks = new Map(
      types.map(({ name }) => {
        const ui = uiOf(name);
        const troubles = remembered((known: Known) => ui.troubles?.(known) ?? []);
        return [name, { troubles, standing: remembered((known: Known) => standingOf(known, ui)) }] as const;
      }),
    );
    return {
      troubles: (type: string, known: Known) => looks.get(type)?.troubles(known) ?? [],
      standing: (type: string, known: Known) =>
        looks.get(type)?.standing(known) ?? { tone: "off" as const, word: "Unknown" },
    };
  }, [types]);
}

function CalmLine({ calm, alone }: { calm: Calm; alone: boolean }): React.ReactNode {
  const types = useTypes();
  const lost = useLink().state === "lost";
  const order = useNav().map(({ type }) => type);
  const well = [...calm.well].sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
  const words = well.map(({ type, count: many }) => {
    const info = types.find((each) => each.name === type);
    return plural(many, info?.title.toLowerCase() ?? type, info?.plural.replaceAll("_", " "));
  });
  const aside = calm.aside.map(({ word, count: many }) => `${count(many)} ${lowered(word)}`);
  if (words.length === 0 && alone && aside.length === 0)
    return <p className={classes.calm}>Nothing here yet</p>;
  return (
    <p className={classes.calm}>
      <Shape tone={words.length > 0 || alone ? "ok" : "off"} />
      <span className="cut">
        {words.length > 0
          ? [`All ${alone ? "" : "else "}${lost ? "was" : "is"} well`, ...words].join(" · ")
          : "Nothing else runs"}
      </span>
      {aside.length > 0 && <span className={`${classes.aside} cut`}>{aside.join(" · ")}</span>}
    </p>
  );
}

/** `waiting to join`, but `CPU high`. */
function lowered(word: string): string {
  return /^[A-Z][a-z]/.test(word) ? word.slice(0, 1).toLowerCase() + word.slice(1) : word;
}
