/** useOver: what core tells of a server or a resource over the time that charts show. */
import { useQuery } from "@tanstack/react-query";
import { type Ask, ask, Problem } from "~/api/http";
import type { Range } from "./ChartGroup";
import { writeTime } from "./zoom";

/** Whose: all that is on a server, or that is about one resource. */
export type Where = { server: string } | { resource: string };

export interface Over {
  where: Where;
  seconds: number;
  zoom: Range | undefined;
}

export interface Asked {
  /** What the answer is kept under, beside whose it is and of when. */
  key: readonly string[];
  path: string;
  query: Ask["query"];
  /** What is said with when that time begins: what began then or later, or what was not over by then. */
  from: "since" | "lasted_until";
  /** Seconds: what began so long before the time that is shown may reach into it. */
  before?: number;
}

export function idOf(where: Where): string {
  return "server" in where ? where.server : where.resource;
}

export function useOver<Page>({ where, seconds, zoom }: Over, asked: Asked): Page | undefined {
  const { data, error } = useQuery({
    queryKey: [...asked.key, idOf(where), seconds, zoom?.[0], zoom?.[1]],
    queryFn: ({ signal }) => {
      const begin = writeTime((zoom?.[0] ?? Date.now() / 1000 - seconds) - (asked.before ?? 0));
      const query = { ...where, ...asked.query, [asked.from]: begin, before: zoom && writeTime(zoom[1]) };
      return ask<Page>("GET", asked.path, { signal, query });
    },
    gcTime: 60_000,
    retry: false,
  });
  if (error && !(error instanceof Problem)) throw error;
  return data;
}
