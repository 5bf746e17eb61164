/** useSeries: what a server uses, the last hour and live, for the charts of its page. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { useLog } from "~/api/hooks";
import { ask } from "~/api/http";
import {
  clockOffset,
  type Recent,
  type Row,
  rowOf,
  rowsOf,
  type Sample,
  type Series,
  seriesOf,
  thinned,
} from "./series";

const HOUR = 3600;
const CORE_STEP = 5;
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
  const [live, setLive] = useState<readonly Row[]>([]);
  const [latest, setLatest] = useState<Sample>();
  const waiting = useRef<Row[]>([]);
  const newest = useRef<Sample>(undefined);
  const offset = useRef<number>(undefined);

  const { data, dataUpdatedAt, isFetched } = useQuery({
    queryKey: ["server.recent_usage", server],
    queryFn: ({ signal }) => ask<Recent>("GET", `/servers/${server}/recent_usage`, { signal }),
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

  useLog(
    { topic: "server.usage", target: server },
    {
      append: (_, told) => {
        const sample = told as Sample;
        const host = Date.parse(sample.at) / 1000;
        const now = Date.now() / 1000;
        if (offset.current === undefined && isFetched) {
          const last = recent.at(-1)?.at;
          const expected = last === undefined ? now : last + (now - dataUpdatedAt / 1000);
          offset.current = clockOffset(host, expected, now);
        }
        newest.current = sample;
        const before = waiting.current.at(-1) ?? live.at(-1);
        const at = host + (offset.current ?? 0);
        if (before && at <= before.at) return;
        waiting.current.push(rowOf(sample, at));
        flush();
      },
    },
  );

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
