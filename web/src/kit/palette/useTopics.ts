/** useTopics: several live topics at once, subscribed while the palette is open. */
import { useCallback, useContext, useRef, useSyncExternalStore } from "react";
import { SessionContext } from "~/api/hooks";
import type { Topic } from "~/api/live";
import type { Collection } from "~/api/store";

type Collections = readonly Collection<unknown>[];

/** In the order asked for; the same array until one of them changes. `topics` must not change. */
export function useTopics(topics: readonly Topic[]): Collections {
  const session = useContext(SessionContext);
  if (!session) throw new Error("outside of a session");
  const { store } = session;
  const last = useRef<Collections>([]);

  const watch = useCallback(
    (told: () => void) => {
      const ends = topics.map((topic) => store.watch(topic, told));
      return () => {
        for (const end of ends) end();
      };
    },
    [store, topics],
  );
  const read = useCallback(() => {
    const now = topics.map((topic) => store.read(topic));
    const same = now.length === last.current.length && now.every((each, i) => each === last.current[i]);
    if (!same) last.current = now;
    return last.current;
  }, [store, topics]);
  return useSyncExternalStore(watch, read);
}
