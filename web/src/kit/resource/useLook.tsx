/** useLook: how a list of resources is looked at: divided by tags, and as rows or as the picture its type has of it. */
import { ActionIcon } from "@mantine/core";
import { IconLayoutGrid, IconList } from "@tabler/icons-react";
import { Suspense, useMemo } from "react";
import { useParam } from "~/app/param";
import { GroupMenu } from "~/kit/list/GroupMenu";
import type { GroupBy } from "~/kit/list/groups";
import type { Pictured } from "~/kit/list/props";
import { Segments } from "~/kit/Segments";
import type { Known, ResourceUi } from "~/resources/ui";
import { byTags, readGroup, splits, waysOf } from "./listGroups";
import classes from "./useLook.module.css";

export interface Look {
  groupBy: GroupBy<Known> | undefined;
  picture: ((shown: Pictured<Known>) => React.ReactNode) | undefined;
  /** What one chooses it with; nothing where there is no choice. */
  looks: React.ReactNode;
}

const LIST = "list";

export function useLook(ui: ResourceUi, items: readonly Known[], phone: boolean): Look {
  const [chosen, choose] = useParam("group");
  const [look, setLook] = useParam("look");
  const tags = useTags(items);
  const ways = useMemo(() => waysOf(splits(tags), chosen), [tags, chosen]);
  const groupBy = useMemo(() => byTags(readGroup(chosen)), [chosen]);
  const { picture } = ui;
  const on = picture !== undefined && look === picture.id;
  const group = <GroupMenu title="Group by tag" {...{ ways, chosen, choose, phone }} />;
  return {
    groupBy,
    picture: on
      ? (shown) => (
          <Suspense
            fallback={<div className={classes.waiting} role="status" aria-label="Loading" data-loading />}
          >
            <picture.View {...shown} groupBy={groupBy} />
          </Suspense>
        )
      : undefined,
    looks:
      picture && items.length > 0 ? (
        <>
          <Switch
            label={picture.label}
            on={on}
            turn={(to) => setLook(to ? picture.id : undefined)}
            phone={phone}
          />
          {group}
        </>
      ) : (
        group
      ),
  };
}

/** Rows change all the time, their tags seldom. */
function useTags(items: readonly Known[]): readonly (readonly string[])[] {
  const written = useMemo(() => JSON.stringify(items.map(({ resource }) => resource.tags)), [items]);
  return useMemo(() => JSON.parse(written) as string[][], [written]);
}

function Switch(props: {
  label: string;
  on: boolean;
  turn(on: boolean): void;
  phone: boolean;
}): React.ReactNode {
  const { label, on, turn, phone } = props;
  if (phone)
    return (
      <ActionIcon
        size={40}
        aria-label={on ? "Show as list" : `Show as ${label.toLowerCase()}`}
        onClick={() => turn(!on)}
      >
        {on ? <IconList size={18} stroke={1.5} /> : <IconLayoutGrid size={18} stroke={1.5} />}
      </ActionIcon>
    );
  return (
    <Segments
      label="Show as"
      value={on ? label : LIST}
      onChange={(to) => turn(to !== LIST)}
      data={[
        { value: LIST, label: "List" },
        { value: label, label },
      ]}
    />
  );
}
