/** Kinds of declared columns: how a percentage, a time, a reference … is sorted and shown. */
import { Link } from "@tanstack/react-router";
import type { TypeInfo } from "~/api/types";
import type { Column } from "~/kit/list/column";
import { Meter } from "~/kit/Meter";
import { Tags } from "~/kit/Tags";
import { Ago } from "~/kit/time";
import { bits, bytes, count, percent } from "~/kit/units";
import type { Known } from "~/resources/ui";
import { referenceOf, valueAt } from "./listPath";

export type Part = Omit<Column<Known>, "id" | "label">;

/** A column of `kind` over what stands at `path`. */
export function partOf(kind: string, path: string, types: readonly TypeInfo[]): Part {
  const number = (known: Known) => numberOf(valueAt(known.resource, path));
  const text = (known: Known) => textOf(valueAt(known.resource, path));
  switch (kind) {
    case "percent":
      return { ...FIGURE, width: "124px", volatile: true, value: number, render: (k) => share(number(k)) };
    case "bytes":
      return { ...FIGURE, ...RIGHT, value: number, render: (k) => shown(number(k), bytes) };
    case "rate":
      return { ...FIGURE, ...RIGHT, volatile: true, value: number, render: (k) => shown(number(k), bits) };
    case "number":
      return { ...FIGURE, ...RIGHT, value: number, render: (k) => shown(number(k), count) };
    case "time":
      return {
        ...FIGURE,
        ...RIGHT,
        value: text,
        text: () => "",
        width: "88px",
        render: (k) => <Ago at={text(k)} />,
      };
    case "reference":
      return {
        value: ({ resource }) => referenceOf(resource, path, types)?.name ?? null,
        render: (k) => <Named known={k} path={path} types={types} />,
      };
    case "tags":
      return {
        value: ({ resource }) => listOf(valueAt(resource, path)).join(" ") || null,
        render: ({ resource }) => <Tags tags={listOf(valueAt(resource, path))} />,
      };
    case "image":
      return { width: 1.4, value: text, render: (k) => written(text(k)) };
    default:
      return { value: text };
  }
}

const FIGURE = { descending: true, width: "104px" } as const;
const RIGHT = { align: "right" } as const;

function Named(props: { known: Known; path: string; types: readonly TypeInfo[] }): React.ReactNode {
  const found = referenceOf(props.known.resource, props.path, props.types);
  if (!found) return <Nothing />;
  if (!found.to) return <span className="cut">{found.name}</span>;
  return (
    <Link className="cut" to={found.to} title={found.name}>
      {found.name}
    </Link>
  );
}

function share(value: number | null): React.ReactNode {
  if (value === null) return <Nothing />;
  return (
    <>
      <Meter value={value} width={56} />
      {percent(value)}
    </>
  );
}

function shown(value: number | null, show: (value: number) => string): React.ReactNode {
  return value === null ? <Nothing /> : show(value);
}

function written(text: string | null): React.ReactNode {
  if (text === null) return <Nothing />;
  return (
    <span className="mono cut" title={text}>
      {text}
    </span>
  );
}

function Nothing(): React.ReactNode {
  return <span className="faint">—</span>;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
