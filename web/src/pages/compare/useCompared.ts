/** useCompared: what core kept of each, and of an earlier time, laid on one axis: a line for each. */
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { ask, Problem } from "~/api/http";
import { axisOf, onto } from "~/kit/chart/align";
import type { Range } from "~/kit/chart/ChartGroup";
import { columnsOfPast, type PastAnswer, type PastColumns } from "~/kit/chart/past";
import type { Line } from "~/kit/chart/props";
import { writeTime } from "~/kit/chart/zoom";
import type { Earlier } from "./choice";
import type { Measure, Thing } from "./kinds";

const POINTS = 400;
export interface Compared {
  at: readonly number[];
  /** By measure. */
  lines: ReadonlyMap<string, readonly Line[]>;
  loading: boolean;
  problem: Problem | undefined;
}

interface Part {
  label: string;
  /** Its place among those compared. */
  stroke: number;
  later: number;
  past: PastColumns;
}

export function useCompared(
  things: readonly Thing[],
  measures: readonly Measure[],
  range: Range,
  earlier: Earlier,
): Compared {
  const names = useMemo(() => measures.map(({ id }) => id), [measures]);
  const wanted = things.flatMap(({ name, path, query }, stroke) => [
    { path, query, label: name, stroke, later: 0 },
    ...(earlier.seconds > 0
      ? [{ path, query, label: `${name}, ${earlier.words}`, stroke, later: earlier.seconds }]
      : []),
  ]);
  const found = useQueries({
    queries: wanted.map(({ path, query, later }) => ({
      queryKey: ["compared", path, query, names, range[0] - later, range[1] - later],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ask<PastAnswer>("GET", path, {
          signal,
          query: {
            ...query,
            points: POINTS,
            since: writeTime(range[0] - later),
            until: writeTime(range[1] - later),
            metrics: names,
          },
        }),
      // What is seen stays until what is zoomed to has come.
      placeholderData: keepPreviousData,
      gcTime: 60_000,
      retry: false,
    })),
  });
  const failed = found.find(({ error }) => error)?.error;
  if (failed && !(failed instanceof Problem)) throw failed;
  // The same lines until an answer is another one, or is of somebody else.
  const answers = useSame(found.map(({ data }) => data));
  const asked = JSON.stringify([wanted, range]);
  const told = useMemo(
    () =>
      wanted.flatMap(({ label, stroke, later }, i): Part[] => {
        const data = answers[i];
        return data ? [{ label, stroke, later, past: columnsOfPast(data) }] : [];
      }),
    [asked, answers],
  );
  const lines = useMemo(() => laidOut(told, names), [told, names]);
  return { ...lines, loading: found.some(({ isPending }) => isPending), problem: failed ?? undefined };
}

/** The same array as before while all that is in it is the same. */
function useSame<T>(all: readonly T[]): readonly T[] {
  const kept = useRef(all);
  const { current } = kept;
  if (current.length !== all.length || all.some((each, i) => each !== current[i])) kept.current = all;
  return kept.current;
}

function laidOut(parts: readonly Part[], names: readonly string[]): Pick<Compared, "at" | "lines"> {
  const at = axisOf(parts.map(({ past, later }) => ({ at: past.at, step: past.step, later })));
  const lines = new Map(
    names.map((id) => [
      id,
      parts.map(({ label, stroke, later, past }): Line => {
        const values = past.columns.get(id)?.values ?? [];
        return {
          label,
          stroke,
          ...(later > 0 && { thin: true }),
          values: onto(at, { at: past.at, values, step: past.step }, later),
        };
      }),
    ]),
  );
  return { at, lines };
}
