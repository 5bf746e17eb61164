/** useLook: an answer about a container's insides: asked for when one comes, and again when one says so. */
import { useQuery } from "@tanstack/react-query";
import { ask, Problem } from "~/api/http";
import type { Inside, Look } from "./inside";

export interface Looked<T> {
  answer: T | undefined;
  /** When it was asked for. */
  at: number;
  problem: Problem | undefined;
  busy: boolean;
  again(): void;
}

export function useLook<T>(inside: Pick<Inside, "container">, look: Look): Looked<T> {
  const { data, error, isFetching, dataUpdatedAt, refetch } = useQuery({
    queryKey: ["inside", look.path, look.query?.container ?? "", inside.container],
    queryFn: ({ signal }) => ask<T>("GET", look.path, { signal, ...(look.query && { query: look.query }) }),
    gcTime: 0,
    retry: false,
  });
  if (error && !(error instanceof Problem)) throw error;
  return {
    answer: error ? undefined : data,
    at: dataUpdatedAt,
    problem: error ?? undefined,
    busy: isFetching,
    again: () => void refetch(),
  };
}
