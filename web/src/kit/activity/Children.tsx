/** Children: the activities one leads: how many stand how, then each, to be opened. */
import { useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { byTone, Shape } from "~/kit/State";
import { Elapsed, took } from "~/kit/time";
import { batchOf, leads } from "./batch";
import classes from "./Children.module.css";
import { activityDetail, secondsOf } from "./detail";
import { activityStanding } from "./standing";
import { deedOf } from "./title";
import { useFind, useServerName } from "./useActivity";
import { useChildren } from "./useChildren";

export function Children({ parent }: { parent: Activity }): React.ReactNode {
  const { children, ready } = useChildren(parent.id);
  const { open } = useDrawer();
  const count = batchOf(parent)?.count ?? 0;
  const leading = leads(parent);
  if ((!ready || !leading) && children.length === 0) return null;
  return (
    <section className={classes.children} aria-label={leading ? "Each of them" : "What followed"}>
      <p className={classes.tally}>{leading ? tally(children, count) : "What followed"}</p>
      <ul>
        {children.map((child) => (
          <li key={child.id}>
            <button
              type="button"
              className={classes.child}
              data-row={child.id}
              data-state={activityStanding(child).tone}
              onClick={() => open(child.id)}
            >
              <One child={child} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function One({ child }: { child: Activity }): React.ReactNode {
  const types = useTypes();
  const find = useFind();
  const server = useServerName();
  const standing = activityStanding(child);
  const detail = child.state === "succeeded" ? child.summary : activityDetail(child, types, find, server);
  const length = secondsOf(child);
  return (
    <>
      <Shape tone={standing.tone} />
      <span className="unseen">{standing.word}: </span>
      <span className={`${classes.name} cut`} dir="auto">
        {leads(child) ? deedOf(child, types) : child.what?.name}
      </span>
      <span className={`${classes.detail} cut`} title={detail} dir="auto">
        {detail}
      </span>
      <span className={classes.length}>
        {child.state === "running" ? (
          <Elapsed since={child.started ?? child.created} />
        ) : (
          length > 0 && took(length)
        )}
      </span>
    </>
  );
}

/** "2 running · 3 succeeded · 4 to come", the worst first. */
function tally(children: readonly Activity[], count: number): string {
  const standings = children.map(activityStanding).sort((a, b) => byTone(a.tone, b.tone));
  const counts = new Map<string, number>();
  for (const { word } of standings) counts.set(word, (counts.get(word) ?? 0) + 1);
  const parts = [...counts].map(([word, number]) => `${number} ${word.toLowerCase()}`);
  const rest = count - children.length;
  return [...parts, ...(rest > 0 ? [`${rest} not begun`] : [])].join(" · ");
}
