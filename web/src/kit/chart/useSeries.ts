/** useSeries: what a server uses, the last hour and live, for the charts of its page. */
import { useQuery } from "@tanstack/react-query";
import { useContext, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { SessionContext } from "~/api/hooks";
import { ask } from "~/api/http";
import type { PastAnswer } from "./past";
import {
  clockOffset,
  NAMES,
  type Row,
  rowOf,
  rowsOf,
  type Sample,
  type Series,
  seriesOf,
  thinned,
} from "./series";

const HOUR = 3600;
const CORE_STEP = 10;
/** Old samples are sorted out when this many came. */
const TIDY_EVERY = 60;

export interface LiveSeries extends Series {
  /** The newest sample as the host told it: disks, cores, interfaces. */
  latest: Sample | undefined;
  /** The samples core kept have come. */
  ready: boolean;
}

/** Of one server, by id. Samples that arrive while nobody sees the page are shown when it is seen again. */
export function useSeries(server: string): LiveSeries {
  const session = useContext(SessionContext);
  if (!session) throw new Error("outside of a session");
  const { store } = session;
  const [live, setLive] = useState<readonly Row[]>([]);
  const [latest, setLatest] = useState<Sample>();
  const waiting = useRef<Row[]>([]);
  const newest = useRef<Sample>(undefined);
  const offset = useRef<number>(undefined);

  const { data, dataUpdatedAt, isFetched } = useQuery({
    queryKey: ["server.usage_history", server],
    queryFn: ({ signal }) =>
      ask<PastAnswer>("GET", `/servers/${server}/usage_history`, { signal, query: { metrics: [...NAMES] } }),
    gcTime: 0,
  });
  const recent = useMemo(() => (data ? rowsOf(data) : []), [data]);

  const flush = useEffectEvent(() => {
    if (waiting.current.length === 0 || document.hidden) return;
    const more = waiting.current;
    waiting.current = [];
    setLatest(newest.current);
    setLive((old) => {
      const all = [...old, ...more];
      return all.length % TIDY_EVERY < more.length ? thinned(all, HOUR, CORE_STEP) : all;
    });
  });

  const take = useEffectEvent((sample: Sample, fresh: boolean) => {
    newest.current = sample;
    // What was known when the topic was opened may be old: its host may have been silent for hours.
    if (!fresh) {
      setLatest(sample);
      return;
    }
    const host = Date.parse(sample.at) / 1000;
    const now = Date.now() / 1000;
    if (offset.current === undefined && isFetched) {
      const last = recent.at(-1)?.at;
      const expected = last === undefined ? now : last + (now - dataUpdatedAt / 1000);
      offset.current = clockOffset(host, expected, now);
    }
    const before = waiting.current.at(-1) ?? live.at(-1);
    const at = host + (offset.current ?? 0);
    if (before && at <= before.at) return;
    waiting.current.push(rowOf(sample, at));
    flush();
  });

  useEffect(() => {
    const topic = { topic: "server.usage", target: server };
    let seen: Sample | undefined;
    const look = () => {
      const { items, changed } = store.read<Sample>(topic);
      const sample = items.get(server);
      if (!sample || sample === seen) return;
      seen = sample;
      take(sample, changed.has(server));
    };
    const leave = store.watch(topic, look);
    look();
    return leave;
  }, [store, server]);

  useEffect(
    () => () => {
      waiting.current = [];
      offset.current = undefined;
      setLive([]);
      setLatest(undefined);
    },
    [server],
  );

  useEffect(() => {
    const seen = () => flush();
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, []);

  const series = useMemo(() => seriesOf(recent, live, HOUR), [recent, live]);
  return useMemo(() => ({ ...series, latest, ready: isFetched }), [series, latest, isFetched]);
}
