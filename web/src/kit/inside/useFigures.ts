/** useFigures: what a container uses, live; kept for the next tab that looks, as long as the page is open. */
import { useContext, useEffect, useMemo, useState } from "react";
import { SessionContext } from "~/api/hooks";
import type { Topic } from "~/api/live";
import { keyOf } from "~/api/store";
import type { ProblemBody } from "~/api/types";
import { columnsOf, type FigureColumns, grown } from "./figures";
import type { ContainerFigures, ContainerUsage } from "./inside";

export interface LiveFigures extends FigureColumns {
  /** How it stands now; undefined until core has said. */
  now: ContainerFigures | undefined;
  /** The newest sample. */
  latest: ContainerUsage | undefined;
  problem: ProblemBody | undefined;
}

const KEY = "container";
const KEPT = new Map<string, readonly ContainerUsage[]>();
/** Containers whose samples are kept. */
const MOST = 20;

export function useFigures(topic: Topic): LiveFigures {
  const session = useContext(SessionContext);
  if (!session) throw new Error("outside of a session");
  const { store } = session;
  const key = keyOf(topic);
  const stable = useMemo(() => topic, [key]);
  const [samples, setSamples] = useState<readonly ContainerUsage[]>(() => KEPT.get(key) ?? []);
  const [now, setNow] = useState<ContainerFigures>();
  const [problem, setProblem] = useState<ProblemBody>();

  useEffect(() => {
    let held = KEPT.get(key) ?? [];
    setSamples(held);
    setNow(undefined);
    const look = () => {
      const told = store.read<ContainerFigures>(stable);
      setProblem(told.problem);
      const figures = told.items.get(KEY);
      if (!figures) return;
      setNow(figures);
      if (!figures.usage) return;
      held = grown(held, figures.usage);
      keep(key, held);
      setSamples(held);
    };
    const leave = store.watch(stable, look);
    look();
    return leave;
  }, [store, stable, key]);

  const shown = useMemo(() => columnsOf(samples), [samples]);
  return { ...shown, now, latest: samples.at(-1), problem };
}

function keep(key: string, samples: readonly ContainerUsage[]): void {
  KEPT.delete(key);
  KEPT.set(key, samples);
  const [oldest] = KEPT.keys();
  if (KEPT.size > MOST && oldest !== undefined) KEPT.delete(oldest);
}
