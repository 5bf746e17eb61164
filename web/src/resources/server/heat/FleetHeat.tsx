/** FleetHeat: every server of the list as a cell, shaded by what one chooses, in groups where the list has them. */
import { NativeSelect } from "@mantine/core";
import { useMemo } from "react";
import { useParam } from "~/app/param";
import { type Cell, HeatMap, HeatScale } from "~/kit/HeatMap";
import { densityOfPage } from "~/kit/heat";
import { entriesOf } from "~/kit/list/groups";
import { usePhone } from "~/kit/list/usePhone";
import { useStanding } from "~/kit/resource/listStanding";
import { Segments } from "~/kit/Segments";
import { Shape, type Standing, worstTone } from "~/kit/State";
import type { Known, PictureProps } from "~/resources/ui";
import { isUp, serverOf } from "../model";
import { useTrend } from "../useTrends";
import { Area } from "./Area";
import classes from "./FleetHeat.module.css";
import { MEASURES, type Measure, measureOf } from "./measures";
import { OrderChoice } from "./OrderChoice";

const CHOICES = MEASURES.map(({ id, label }) => ({ value: id, label }));

export function FleetHeat({ rows, sort, onSort, leave, groupBy }: PictureProps): React.ReactNode {
  const phone = usePhone();
  const [shade, setShade] = useParam("shade");
  const measure = measureOf(shade);
  const density = densityOfPage(rows.length, phone);
  const choose = (id: string) => {
    setShade(id === MEASURES[0]?.id ? undefined : id);
    // Who looks for the highest looks for that of the new measure.
    if (sort.down && sort.column === measure.id) onSort({ column: id, down: true });
  };
  return (
    <>
      <div className={classes.head}>
        {phone ? (
          <NativeSelect
            aria-label="Shade by"
            size="md"
            data={CHOICES}
            value={measure.id}
            onChange={(event) => choose(event.currentTarget.value)}
          />
        ) : (
          <Segments label="Shade by" value={measure.id} onChange={choose} data={CHOICES} />
        )}
        <OrderChoice measure={measure} sort={sort} onSort={onSort} phone={phone} />
        <span className={classes.scale}>
          <HeatScale ends={measure.ends} />
        </span>
      </div>
      <div className={classes.groups} onClickCapture={leave}>
        {groupBy ? (
          <Groups {...{ rows, groupBy, measure, density }} />
        ) : (
          <>
            <h2 className="unseen">{measure.label} of each server</h2>
            <Cells label="Servers" rows={rows} measure={measure} density={density} />
          </>
        )}
      </div>
    </>
  );
}

type Density = ReturnType<typeof densityOfPage>;
const NONE: ReadonlySet<string> = new Set();
const idOf = (known: Known): string => known.resource.id;

function Groups(props: {
  rows: readonly Known[];
  groupBy: NonNullable<PictureProps["groupBy"]>;
  measure: Measure;
  density: Density;
}): React.ReactNode {
  const { rows, groupBy, measure, density } = props;
  const groups = useMemo(
    () => entriesOf(rows, idOf, groupBy, NONE).flatMap((entry) => (entry.kind === "group" ? [entry] : [])),
    [rows, groupBy],
  );
  return groups.map(({ id, group, items }) => {
    const name = group || groupBy.none;
    return (
      <section key={id} className={classes.group} aria-label={name}>
        <h2>
          {name} <span className="faint">{items.length}</span>
          <Troubles rows={items} />
          <Mean rows={items} measure={measure} />
        </h2>
        <Cells label={name} rows={items} measure={measure} density={density} />
      </section>
    );
  });
}

function Cells(props: {
  label: string;
  rows: readonly Known[];
  measure: Measure;
  density: Density;
}): React.ReactNode {
  const { label, rows, measure, density } = props;
  const standing = useStanding("server");
  const cells = useMemo(
    () => rows.map((known) => cellOf(known, measure, standing(known))),
    [rows, measure, standing],
  );
  return <HeatMap label={label} cells={cells} figure={measure.label} density={density} />;
}

function cellOf(known: Known, measure: Measure, standing: Standing): Cell {
  const server = serverOf(known);
  const figure = isUp(server) ? measure.of(server.status) : null;
  const cell = { ...standing, id: server.id, name: server.name, to: `/servers/${server.name}` };
  const past = <Past server={server.id} measure={measure} />;
  if (figure !== null) return { ...cell, past, value: measure.share(figure), text: measure.write(figure) };
  return { ...cell, value: null, ...(isUp(server) && { text: "not known" }) };
}

/** The last half hour. */
function Past({ server, measure }: { server: string; measure: Measure }): React.ReactNode {
  const trend = useTrend(server);
  const values = useMemo(() => trend && measure.trend?.(trend), [trend, measure]);
  if (!values) return null;
  return <Area values={values.map((value) => (value === null ? null : measure.share(value)))} />;
}

function Troubles({ rows }: { rows: readonly Known[] }): React.ReactNode {
  const standing = useStanding("server");
  const tones = rows.map((known) => worstTone(standing(known)));
  return (["bad", "warn"] as const).map((tone) => {
    const count = tones.filter((each) => each === tone).length;
    return (
      count > 0 && (
        <span key={tone} className={classes.trouble} data-state={tone}>
          <Shape tone={tone} size={10} /> {count}{" "}
          <span className="unseen">{tone === "bad" ? "bad" : "in need of a look"}</span>
        </span>
      )
    );
  });
}

/** Of those that tell it. */
function Mean({ rows, measure }: { rows: readonly Known[]; measure: Measure }): React.ReactNode {
  const figures = rows.flatMap((known) => {
    const server = serverOf(known);
    const figure = isUp(server) ? measure.of(server.status) : null;
    return figure === null ? [] : [figure];
  });
  if (figures.length === 0) return null;
  const mean = figures.reduce((sum, each) => sum + each, 0) / figures.length;
  return <span className={classes.mean}>{`${measure.write(mean)} on average`}</span>;
}
