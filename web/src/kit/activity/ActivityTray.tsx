/** ActivityTray: what runs, in the top bar: the newest by name, how many more, and all of it on a click. */
import { Popover } from "@mantine/core";
import { IconActivity } from "@tabler/icons-react";
import { useState } from "react";
import { useTypes } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { ActionHost } from "~/kit/action/ActionHost";
import { Shape } from "~/kit/State";
import { Elapsed } from "~/kit/time";
import { plural } from "~/kit/units";
import classes from "./ActivityTray.module.css";
import { activityStanding } from "./standing";
import { TrayList } from "./TrayList";
import { activityTitle } from "./title";
import { useEndings } from "./useEndings";
import { useTray } from "./useTray";

export function ActivityTray(): React.ReactNode {
  const [opened, setOpened] = useState(false);
  const tray = useTray(opened);
  useEndings();
  const close = () => setOpened(false);
  return (
    <>
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        width={380}
        shadow="md"
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <button
            type="button"
            className={classes.pill}
            data-quiet={tray.shown ? undefined : true}
            aria-expanded={opened}
            onClick={() => setOpened((old) => !old)}
          >
            {tray.shown ? <Named shown={tray.shown} more={tray.open.length - 1} /> : <Quiet />}
          </button>
        </Popover.Target>
        <Popover.Dropdown className={classes.dropdown ?? ""} aria-label="Activity tray" role="dialog">
          <TrayList tray={tray} onChosen={close} />
        </Popover.Dropdown>
      </Popover>
      {/* What an action asks before it starts hangs where its activity will show: one thing for the shell to mount. */}
      <ActionHost />
    </>
  );
}

function Named({ shown, more }: { shown: Activity; more: number }): React.ReactNode {
  const types = useTypes();
  const { tone, word } = activityStanding(shown);
  return (
    <>
      <span className={classes.ring} data-state={tone}>
        <Shape tone={tone} />
        <span className={classes.number} aria-hidden="true">
          {more + 1}
        </span>
      </span>
      <span className="unseen">{`${plural(more + 1, "activity", "activities")} open. ${word}: `}</span>
      <span className={`${classes.title} cut`}>{activityTitle(shown, types)}</span>
      <span className={classes.elapsed}>
        <Elapsed since={shown.started ?? shown.created} />
      </span>
      {more > 0 && <span className={classes.more}>+{more}</span>}
    </>
  );
}

function Quiet(): React.ReactNode {
  return (
    <>
      <IconActivity size={16} stroke={1.5} aria-hidden="true" />
      <span className="unseen">Activity tray, nothing runs</span>
    </>
  );
}
