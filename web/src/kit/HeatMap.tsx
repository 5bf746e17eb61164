/** HeatMap: many things as cells, each shaded by one figure; trouble has an outline and a shape on top. */
import { IconBellOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { memo, useRef, useState } from "react";
import { alertWord } from "./alert/alert";
import classes from "./HeatMap.module.css";
import { type Density, densityOf, moved, SHARE } from "./heat";
import { Shape, type Standing, type Tone, worstTone } from "./State";
import { percent } from "./units";
import { useColumns } from "./useColumns";

export interface Cell extends Pick<Standing, "alert"> {
  id: string;
  name: string;
  /** 0 to 100; null when it is not known. */
  value: number | null;
  /** The figure in words, where it is no percentage. */
  text?: string;
  /** Of more than "ok" the outline and the shape tell. */
  tone: Tone;
  /** The state's word: shown where there is no value, said with it. */
  word: string;
  to: string;
  /** In large cells: how it came to be. */
  past?: React.ReactNode;
}

export interface HeatMapProps {
  label: string;
  cells: readonly Cell[];
  /** The figure's name: `CPU`. */
  figure: string;
  /** A last, empty cell that leads to where one is added. */
  add?: { label: string; to: string } | undefined;
  /** By default after the number of cells. */
  density?: Density;
}

const ADD = "add";
const FULL = ["0", "100%"] as const;
/** What one percent adds of the heat colour. */
const MOST = { "--share": `${SHARE}%` } as React.CSSProperties;

export function HeatMap({
  label,
  cells,
  figure,
  add,
  density = densityOf(cells.length),
}: HeatMapProps): React.ReactNode {
  const list = useRef<HTMLUListElement>(null);
  // By its id: cells change their places as their figures do.
  const [current, setCurrent] = useState<string>();
  const [pointed, setPointed] = useState<Pointed>();
  const count = cells.length + (add ? 1 : 0);
  const columns = useColumns(list, count, density);
  const known = current === ADD ? cells.length : cells.findIndex(({ id }) => id === current);
  const stop = Math.min(Math.max(known, 0), count - 1);

  const point = (target: EventTarget) => {
    if (density !== "small" || !(target instanceof Element)) return;
    const link = target.closest("a");
    const text = link?.getAttribute("aria-label");
    setPointed(link && text ? { text, ...placeOf(link) } : undefined);
  };

  return (
    <div className={classes.map} data-density={density} style={MOST}>
      <ul
        ref={list}
        style={columns ? { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` } : undefined}
        className={classes.cells}
        aria-label={label}
        onKeyDown={(event) => {
          const links = [...(list.current?.querySelectorAll("a") ?? [])];
          const to = moved(event.key, stop, count, columnsOf(links));
          if (to === undefined) return;
          event.preventDefault();
          setCurrent(cells[to]?.id ?? ADD);
          links[to]?.focus();
        }}
        onFocus={(event) => point(event.target)}
        onBlur={() => setPointed(undefined)}
        onPointerOver={(event) => point(event.target)}
        onPointerLeave={() => setPointed(undefined)}
      >
        {cells.map((cell, i) => (
          <HeatCell key={cell.id} {...cell} figure={figure} stop={i === stop} density={density} />
        ))}
        {add && (
          <li>
            <Link
              to={add.to}
              className={classes.add}
              aria-label={add.label}
              title={add.label}
              tabIndex={stop === cells.length ? 0 : -1}
            >
              +
            </Link>
          </li>
        )}
      </ul>
      {pointed && (
        <span className={classes.tip} style={{ left: pointed.left, top: pointed.top }} aria-hidden="true">
          {pointed.text}
        </span>
      )}
    </div>
  );
}

/** What the shades mean: from nothing to full. */
export function HeatScale({ ends = FULL }: { ends?: readonly [string, string] }): React.ReactNode {
  return (
    <span className={classes.scale} style={MOST} aria-hidden="true">
      {ends[0]} <i /> {ends[1]}
    </span>
  );
}

/** `Ok, critical alert`: how it stands, and what it is alerted of. */
function wordOf({ word, alert }: Cell): string {
  return alert ? `${word}, ${alertWord(alert).toLowerCase()}` : word;
}

const HeatCell = memo(function HeatCell(
  props: Cell & { figure: string; stop: boolean; density: Density },
): React.ReactNode {
  const { name, value, to, figure, stop, density } = props;
  const tone = worstTone(props);
  const word = wordOf(props);
  const written = props.text ?? (value === null ? props.word : percent(value));
  const said = value === null ? `${name}: ${word}` : `${name}: ${figure} ${written}, ${word}`;
  return (
    <li>
      <Link
        to={to}
        className={classes.cell}
        data-tone={tone}
        data-unknown={value === null || undefined}
        style={{ "--value": value ?? 0 } as React.CSSProperties}
        // What is seen in the others is their name, with what is not seen between it.
        aria-label={density === "small" ? said : undefined}
        title={density === "small" ? undefined : said}
        tabIndex={stop ? 0 : -1}
      >
        {density !== "small" && (
          <>
            <span className="cut">{name}</span>
            {value !== null && <span className="unseen">{`: ${figure} `}</span>}
            <b className="cut">{written}</b>
            {value !== null && <span className="unseen">, {word}</span>}
            {density === "large" && <span className={classes.past}>{props.past}</span>}
          </>
        )}
        {tone === "warn" || tone === "bad" ? (
          <i className={classes.mark}>
            <Shape tone={tone} size={10} />
          </i>
        ) : (
          props.alert && (
            <i className={classes.mark} data-calm>
              <IconBellOff size={10} stroke={2} aria-hidden="true" />
            </i>
          )
        )}
      </Link>
    </li>
  );
});

interface Pointed {
  text: string;
  left: number;
  top: number;
}

function placeOf(link: HTMLElement): { left: number; top: number } {
  return { left: link.offsetLeft + link.offsetWidth / 2, top: link.offsetTop };
}

/** How many cells stand in the first row. */
function columnsOf(links: readonly HTMLElement[]): number {
  const top = links[0]?.getBoundingClientRect().top;
  const second = links.findIndex((link) => link.getBoundingClientRect().top !== top);
  return second < 0 ? links.length : second;
}
