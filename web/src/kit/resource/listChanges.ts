/** Changes worth a look: rows whose state, version or config changed, and new ones; not each new figure of a load. */
import { useMemo, useRef } from "react";
import type { Standing } from "~/kit/State";
import type { Known } from "~/resources/ui";

export function useChanges(
  items: readonly Known[],
  ready: boolean,
  standing: (known: Known) => Standing,
): ReadonlyMap<string, number> {
  const seen = useRef<{ marks: ReadonlyMap<string, string>; at: ReadonlyMap<string, number> }>(undefined);
  return useMemo(() => {
    if (!ready) return new Map();
    const marks = new Map(items.map((known) => [known.resource.id, markOf(known, standing)]));
    const at = seen.current ? changed(seen.current.marks, marks, seen.current.at, Date.now()) : new Map();
    seen.current = { marks, at };
    return at;
  }, [items, ready, standing]);
}

/** When each row last changed; the same map if none did. */
export function changed(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  at: ReadonlyMap<string, number>,
  now: number,
): ReadonlyMap<string, number> {
  const fresh = [...after].filter(([id, mark]) => before.get(id) !== mark);
  return fresh.length === 0 ? at : new Map([...at, ...fresh.map(([id]) => [id, now] as const)]);
}

function markOf(known: Known, standing: (known: Known) => Standing): string {
  const { tone, word, alert } = standing(known);
  const { version } = known.resource.info as { version?: unknown };
  return `${tone} ${word} ${known.resource.revision} ${String(version ?? "")} ${alert ? `${alert.tone} ${alert.calm}` : ""}`;
}
