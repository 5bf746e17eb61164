/** Servers: the whole fleet as a heat map, shaded by CPU, memory or disk. */
import { Link } from "@tanstack/react-router";
import { memo, useMemo } from "react";
import { useMe } from "~/api/hooks";
import { useParam } from "~/app/param";
import { type Cell, HeatMap, HeatScale } from "~/kit/HeatMap";
import { Panel } from "~/kit/Panel";
import { useStanding } from "~/kit/resource/listStanding";
import { Segments } from "~/kit/Segments";
import { type Standing, worstTone } from "~/kit/State";
import { type Counted, Tally } from "~/kit/Tally";
import { isUp, serverOf } from "~/resources/server/model";
import type { Known } from "~/resources/ui";
import classes from "./Overview.module.css";

const FIGURES = [
  { value: "cpu", label: "CPU" },
  { value: "memory", label: "Memory" },
  { value: "disk", label: "Disk" },
] as const;
type Figure = (typeof FIGURES)[number]["value"];

export const Servers = memo(function Servers({ servers }: { servers: readonly Known[] }): React.ReactNode {
  const [shade, setShade] = useParam("shade");
  const { value: figure, label } = FIGURES.find((each) => each.value === shade) ?? FIGURES[0];
  const mayAdd = useMe().can.includes("server.create");
  const standing = useStanding("server");
  const cells = useMemo(
    () => servers.map((known) => cellOf(known, figure, standing(known))),
    [servers, figure, standing],
  );
  const counts = useMemo(() => countsOf(cells), [cells]);
  return (
    <Panel
      label="Servers"
      title={<Link to="/servers">Servers</Link>}
      note={<Tally counts={counts} />}
      end={
        <>
          <span className={classes.wide}>
            <HeatScale />
          </span>
          <Segments
            label="Shade by"
            value={figure}
            onChange={(to) => setShade(to === "cpu" ? undefined : to)}
            data={FIGURES}
          />
        </>
      }
    >
      <HeatMap
        label="Servers"
        cells={cells}
        figure={label}
        add={mayAdd ? { label: "Add a server", to: "/servers/add" } : undefined}
      />
    </Panel>
  );
});

function cellOf(known: Known, figure: Figure, standing: Standing): Cell {
  const server = serverOf(known);
  const { id, name } = server;
  const value = isUp(server) ? server.status[figure] : null;
  return { ...standing, id, name, value, to: `/servers/${name}` };
}

/** `40 ok · 1 high · 2 warning · 0 down`, and what is none of these. */
function countsOf(cells: readonly Cell[]): Counted[] {
  const counts = { ok: 0, high: 0, warning: 0, critical: 0, down: 0, waiting: 0 };
  for (const cell of cells) {
    const { tone, word } = cell;
    const worst = worstTone(cell);
    if (worst !== tone) counts[worst === "bad" ? "critical" : "warning"] += 1;
    else if (word.endsWith(" high")) counts.high += 1;
    else if (tone === "off") counts.waiting += 1;
    else if (tone === "bad" || tone === "warn") counts.down += 1;
    else counts.ok += 1;
  }
  return [
    { tone: "ok", count: counts.ok, word: "ok" },
    ...(counts.high ? [{ tone: "warn" as const, count: counts.high, word: "high" }] : []),
    ...(counts.warning ? [{ tone: "warn" as const, count: counts.warning, word: "warning" }] : []),
    ...(counts.critical ? [{ tone: "bad" as const, count: counts.critical, word: "critical" }] : []),
    { tone: "bad", count: counts.down, word: "down" },
    ...(counts.waiting ? [{ tone: "off" as const, count: counts.waiting, word: "waiting" }] : []),
  ];
}
