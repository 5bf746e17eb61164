/** Stream: what was done, newest first, live at its head, older the further one scrolls. */
import { useCallback, useMemo, useRef, useState } from "react";
import { useLink } from "~/api/hooks";
import { useDrawer } from "~/app/drawer";
import { Broken } from "~/kit/list/Nothing";
import { useFill } from "~/kit/list/useFill";
import { usePhone } from "~/kit/list/usePhone";
import { download } from "~/kit/output/download";
import { plural } from "~/kit/units";
import { useChoices } from "./choices";
import { csvOf } from "./csv";
import { dayOf } from "./days";
import { End, Head, Nothing } from "./Ends";
import { Rows } from "./Rows";
import classes from "./Stream.module.css";
import { entriesOf, split } from "./stream";
import { Tools, useCountsAll } from "./Tools";
import { type FilterName, useFilters } from "./useFilters";
import { useFolds, useHeld } from "./useHeld";
import { useRoving } from "./useRoving";
import { useStream } from "./useStream";
import { Waiting } from "./Waiting";

const ALL: readonly FilterName[] = ["state", "type", "operation", "user", "resource"];
const OF_ONE: readonly FilterName[] = ["state", "operation", "user"];

/** `resource`: the id of the one thing it is about. */
export function Stream({ resource }: { resource?: string }): React.ReactNode {
  const root = useRef<HTMLElement>(null);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const phone = usePhone();
  const { open } = useDrawer();
  const { filters: chosen, set, clear } = useFilters();
  const filters = useMemo(() => (resource ? { ...chosen, resource } : chosen), [chosen, resource]);
  const stream = useStream(filters);
  const { list, older } = stream;
  const choices = useChoices(list);
  const countsAll = useCountsAll();
  const lost = useLink().state === "lost";
  useFill(root, true);

  const held = useHeld(list[0]?.id);
  const { shown, held: waiting } = useMemo(() => split(list, held.top), [list, held.top]);
  const entries = useMemo(() => entriesOf(shown, dayOf), [shown]);
  const [unfolded, fold] = useFolds();
  const roving = useRoving(root, entries, { open, fold });
  const { there, loading, stopped, load } = older;
  const onEnd = useCallback(() => {
    if (there && !loading && !stopped) load();
  }, [there, loading, stopped, load]);
  const filtered = Object.entries(chosen).some(
    ([name, value]) => value && !(resource && name === "resource"),
  );

  return (
    <section ref={root} className={classes.stream} aria-label="Activity" data-stale={lost || undefined}>
      <Tools
        filters={filters}
        names={resource ? OF_ONE : ALL}
        choices={choices}
        onFilter={set}
        loaded={stream.ready ? list.length : undefined}
        total={countsAll ? stream.total : undefined}
        onExport={() => download("activity.csv", csvOf(list))}
      />
      <div className={classes.panel}>
        {stream.problem ? (
          <Broken name="activity" problem={stream.problem} retry={stream.retry} />
        ) : !stream.ready ? (
          <Waiting phone={phone} />
        ) : list.length === 0 && !there ? (
          <Nothing filtered={filtered} clear={clear} />
        ) : (
          <>
            {waiting > 0 && (
              <button
                type="button"
                className={classes.waiting}
                onClick={() => scroller?.scrollTo({ top: 0 })}
              >
                {plural(waiting, "new entry", "new entries")}
              </button>
            )}
            <div
              ref={setScroller}
              role="grid"
              aria-label="Activity"
              className={classes.grid}
              onScroll={(event) => held.scrolled(event.currentTarget.scrollTop)}
            >
              {!phone && <Head />}
              <Rows
                scroller={scroller}
                entries={entries}
                phone={phone}
                own={resource !== undefined}
                arrived={stream.arrived}
                unfolded={unfolded}
                onFold={fold}
                roving={roving}
                onEnd={onEnd}
              />
              <End older={older} filtered={filtered} />
            </div>
          </>
        )}
      </div>
    </section>
  );
}
