/** The groups of a form as panels, and beside a long form a list of them to jump by. */
import { useEffect, useState } from "react";
import type { ResourceUi } from "~/resources/ui";
import { Panel } from "../Panel";
import { Shape } from "../State";
import type { Draft, Values } from "./draft";
import { FieldRow } from "./FieldRow";
import classes from "./Form.module.css";
import type { FieldGroup } from "./formFields";
import { isWithin } from "./path";
import { useScope } from "./scope";

interface Props {
  groups: readonly FieldGroup[];
  values: Values;
  /** What is marked as changed. */
  edits: Draft["edits"];
  set(path: string, value: unknown): void;
  undo(path: string): void;
  overrides: ResourceUi["fields"];
  notes: ResourceUi["notes"];
}

/** Fewer groups are seen at once. */
const MANY = 4;

export function FieldGroups(props: Props): React.ReactNode {
  const nav = props.groups.length >= MANY;
  return (
    <div className={classes.columns} data-nav={nav || undefined}>
      <div className={classes.groups}>
        {props.groups.map((group) => (
          <Group key={group.title} group={group} {...props} />
        ))}
      </div>
      {nav && <GroupNav groups={props.groups} edits={props.edits} />}
    </div>
  );
}

function Group({
  group,
  values,
  edits,
  set,
  undo,
  overrides,
  notes,
}: Props & { group: FieldGroup }): React.ReactNode {
  return (
    <div id={groupId(group)} className={classes.group}>
      <Panel title={group.title}>
        {group.fields.map(({ field, path }) => (
          <FieldRow
            key={path}
            field={field}
            path={path}
            value={values[path]}
            changed={path in edits}
            set={set}
            undo={undo}
            View={path.startsWith("config.") ? overrides?.[field.name] : undefined}
            Note={path.startsWith("config.") ? notes?.[field.name] : undefined}
          />
        ))}
      </Panel>
    </div>
  );
}

function GroupNav({
  groups,
  edits,
}: {
  groups: readonly FieldGroup[];
  edits: Draft["edits"];
}): React.ReactNode {
  const { errors } = useScope();
  const current = useCurrent(groups);
  const jump = (group: FieldGroup) =>
    document.getElementById(groupId(group))?.scrollIntoView({ block: "start" });
  return (
    <nav className={classes.nav} aria-label="Parts of this form">
      {groups.map((group) => {
        const wrong = group.fields.some(({ path }) => [...errors.keys()].some((at) => isWithin(at, path)));
        const changed = group.fields.some(({ path }) => path in edits);
        return (
          <button
            key={group.title}
            type="button"
            className={classes.navItem}
            aria-current={group.title === current ? "true" : undefined}
            onClick={() => jump(group)}
          >
            <span className="cut">{group.title}</span>
            {wrong && <Shape tone="bad" size={9} />}
            {!wrong && changed && <span className={classes.dot} />}
            {(wrong || changed) && <span className="unseen">{wrong ? "has errors" : "is changed"}</span>}
          </button>
        );
      })}
    </nav>
  );
}

/** The group that stands at the top of what is in sight. */
function useCurrent(groups: readonly FieldGroup[]): string {
  const [current, setCurrent] = useState(groups[0]?.title ?? "");
  useEffect(() => {
    const seen = new Map<string, boolean>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) seen.set(entry.target.id, entry.isIntersecting);
        const top = groups.find((group) => seen.get(groupId(group)));
        if (top) setCurrent(top.title);
      },
      { rootMargin: "-72px 0px -50% 0px" },
    );
    for (const group of groups) {
      const element = document.getElementById(groupId(group));
      if (element) observer.observe(element);
    }
    return () => observer.disconnect();
  }, [groups]);
  return current;
}

function groupId(group: FieldGroup): string {
  return `group-${group.title.toLowerCase().replace(/\W+/g, "-")}`;
}
