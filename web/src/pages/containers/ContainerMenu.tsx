/** ContainerMenu: what can be done with a container, or with all of a compose project, behind three dots. */
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { SyntheticEvent } from "react";
import classes from "~/kit/action/action.module.css";
import { AdoptItem } from "~/pages/adopt/AdoptItem";
import type { Placed } from "./placed";
import { useContainerActs } from "./useContainerActs";
import { LABELS, VERBS } from "./verbs";

export function ContainerMenu({ rows, label }: { rows: readonly Placed[]; label: string }): React.ReactNode {
  return (
    // The row it stands in opens on a click and has keys; what is done in the menu is no business of the row.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps events from going on
    <span onClick={stop} onKeyDown={stop} onDoubleClick={stop}>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={label}>
            <IconDots size={16} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Items rows={rows} />
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

/** Only an open menu follows what happens to its containers. */
function Items({ rows }: { rows: readonly Placed[] }): React.ReactNode {
  const acts = useContainerActs();
  const several = rows.length > 1;
  const offered = VERBS.map((verb) => ({ verb, share: acts.share(verb, rows) })).filter(
    ({ share }) => share.strays.length + share.kept.length > 0 || share.reason,
  );
  if (offered.length === 0)
    return <Menu.Label>You may only look: acting takes execute and unmanaged on the server</Menu.Label>;
  const [only] = rows;
  const adopt = only && !several && <AdoptItem key="adopt" row={only} />;
  const acting = offered.map(({ verb, share }) => {
    const count = share.strays.length + share.kept.length;
    const off = count === 0;
    const asks = verb === "kill" || verb === "remove";
    return [
      verb === "kill" && <Menu.Divider key="divider" />,
      <Menu.Item
        key={verb}
        className={classes.item ?? ""}
        data-off={off}
        data-danger={asks}
        aria-disabled={off}
        closeMenuOnClick={!off}
        rightSection={several && !off && <span className="faint tiny">{count}</span>}
        onClick={() => !off && acts.run(verb, share)}
      >
        {LABELS[verb]}
        {asks && "…"}
        {off && <span className={classes.reason}>{share.reason}</span>}
      </Menu.Item>,
    ];
  });
  return [adopt, ...acting];
}

function stop(event: SyntheticEvent): void {
  event.stopPropagation();
}
