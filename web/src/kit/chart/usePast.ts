/** usePast: what core kept of a server or a container, asked for when a range is chosen, zoomed, or grown by a point. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { type Ask, ask, Problem } from "~/api/http";
import type { Range } from "./ChartGroup";
import { columnsOfPast, NO_PAST, type PastAnswer, type PastColumns } from "./past";
import { useLacking } from "./useLacking";

/** Points a chart has room for. */
const POINTS = 500;
/** Seconds after which new points are worth a question, at the least. */
const GROWS_EVERY = 60;

/** Whose past, and what of it. */
export interface PastOf {
  /** Below /api: `/servers/…/usage_history`. */
  path: string;
  query?: Record<string, string>;
  /** Names of measures, or keys; by default all of which there is one only. */
  metrics?: readonly string[];
}

export interface PastFound extends PastColumns {
  ready: boolean;
  busy: boolean;
  /** When it was asked for, in milliseconds. */
  asked: number;
  problem: Problem | undefined;
  again(): void;
}

/** What arrives live meanwhile. */
export interface Live {
  /** Seconds since the epoch; undefined until something arrives. */
  newest: number | undefined;
  /** Keys of figures in it. */
  keys: readonly string[];
}

const NONE: Live = { newest: undefined, keys: [] };

/** `seconds` up to now, or the range that is zoomed into. */
export function usePast(of: PastOf, seconds: number, zoom: Range | undefined, live = NONE): PastFound {
  const { newest } = live;
  const grain = Math.max(seconds / POINTS, GROWS_EVERY);
  // Counted from the first one known: that it becomes known is no growth, and what is asked for has it already.
  const first = useRef<number>(undefined);
  first.current ??= newest;
  const grown = zoom ? 0 : Math.floor(((newest ?? 0) - (first.current ?? newest ?? 0)) / grain);
  const metrics = of.metrics?.join(" ") ?? "";
  const { data, error, isFetched, isFetching, dataUpdatedAt, refetch } = useQuery({
    queryKey: ["past", of.path, of.query?.container ?? "", metrics, seconds, zoom?.[0], zoom?.[1], grown],
    queryFn: ({ signal }) => ask<PastAnswer>("GET", of.path, { signal, query: asked(of, seconds, zoom) }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
  });
  if (error && !(error instanceof Problem)) throw error;
  const columns = useMemo(() => (data ? columnsOfPast(data) : NO_PAST), [data]);
  useLacking(
    {
      past: columns,
      idle: isFetched && !isFetching && !zoom,
      asked: dataUpdatedAt,
      again: () => void refetch(),
    },
    live.keys,
    newest ?? 0,
  );
  return {
    ...columns,
    ready: isFetched,
    busy: isFetching,
    asked: dataUpdatedAt,
    problem: error ?? undefined,
    again: () => void refetch(),
  };
}

function asked(of: PastOf, seconds: number, zoom: Range | undefined): NonNullable<Ask["query"]> {
  const [from, to] = zoom ?? [Date.now() / 1000 - seconds, undefined];
  return {
    ...of.query,
    points: POINTS,
    since: instant(from),
    until: to === undefined ? undefined : instant(to),
    metrics: [...(of.metrics ?? [])],
  };
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
