/** View: what a list is searched, filtered and sorted by, and its columns, as its part of the URL says. */
import type { Filter } from "./chip";

export interface Sort {
  column: string;
  down: boolean;
}

export interface View {
  q: string;
  /** As the list is by default where undefined. */
  sort: Sort | undefined;
  filters: readonly Filter[];
  /** The list's default where undefined. */
  columns: readonly string[] | undefined;
}

/** `?q=api&sort=-cpu&f=tag:production,high&c=name+cpu` */
export interface ViewSearch {
  q?: string | undefined;
  sort?: string | undefined;
  f?: string | undefined;
  c?: string | undefined;
}

/** The list's part of a location; anything else there is left alone. */
export function viewSearch(raw: Record<string, unknown>): ViewSearch {
  const found: ViewSearch = {};
  for (const key of ["q", "sort", "f", "c"] as const) {
    const value = raw[key];
    // The router reads `q=8080` as a number.
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      found[key] = String(value);
  }
  return found;
}

export function readView({ q, sort, f, c }: ViewSearch): View {
  return {
    q: q ?? "",
    sort: sort ? readSort(sort) : undefined,
    filters: f ? readFilters(f) : [],
    columns: c ? c.split(" ").filter(Boolean) : undefined,
  };
}

export function writeView(view: View): ViewSearch {
  return {
    q: view.q || undefined,
    sort: view.sort ? (view.sort.down ? "-" : "") + view.sort.column : undefined,
    f: view.filters.length > 0 ? writeFilters(view.filters) : undefined,
    c: view.columns ? view.columns.join(" ") : undefined,
  };
}

/** For links to a filtered list: `search={{ f: writeFilters([{ chip: "tag", values: ["web"] }]) }}`. */
export function writeFilters(filters: readonly Filter[]): string {
  const parts = filters.flatMap(({ chip, values }) =>
    values.length === 0 ? [chip] : values.map((value) => `${chip}:${escaped(value)}`),
  );
  return parts.join(",");
}

function readSort(text: string): Sort {
  return text.startsWith("-") ? { column: text.slice(1), down: true } : { column: text, down: false };
}

function readFilters(text: string): Filter[] {
  const found = new Map<string, string[]>();
  for (const part of text.split(",").filter(Boolean)) {
    const colon = part.indexOf(":");
    const chip = colon < 0 ? part : part.slice(0, colon);
    const values = found.get(chip) ?? [];
    if (colon >= 0) values.push(unescaped(part.slice(colon + 1)));
    found.set(chip, values);
  }
  return [...found].map(([chip, values]) => ({ chip, values }));
}

/** Only what separates is escaped, so that links stay readable. */
function escaped(value: string): string {
  return value.replace(/[%,]/g, (sign) => (sign === "," ? "%2C" : "%25"));
}

function unescaped(value: string): string {
  return value.replace(/%2C/gi, ",").replace(/%25/g, "%");
}
