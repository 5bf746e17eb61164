/** BatchBar: floats above a list while rows are chosen: what can be done with them, and with how many. */
import { Button, Menu, Popover, Tooltip } from "@mantine/core";
import { IconDots, IconX } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import classes from "./BatchBar.module.css";
import type { BatchAction } from "./batch";

/** As many as there is room for; the rest in a menu. */
const ROOM = 5;
const PHONE_ROOM = 2;

export function BatchBar(props: {
  label: string;
  chosen: number;
  actions: readonly BatchAction[];
  phone: boolean;
  onClear(): void;
}): React.ReactNode {
  const { chosen, phone } = props;
  // What applies to none of them is left out, unless there is a reason to learn.
  const actions = props.actions.filter((action) => action.count > 0 || action.reason);
  const room = phone ? PHONE_ROOM : ROOM;
  const whole = actions.length <= room + 1;
  // Everything in its place where there is room; where there is little, what can be done at all.
  const first = phone ? actions.filter((action) => action.count > 0) : actions;
  const shown = whole ? actions : first.slice(0, room);
  const rest = actions.filter((action) => !shown.includes(action));
  return (
    <div className={classes.place}>
      <div className={classes.bar} role="toolbar" aria-label="Selected rows">
        <span className={classes.count} role="status">
          {props.label}
        </span>
        <span className={classes.rule} />
        <div className={classes.actions}>
          {shown.map((action, index) => (
            <Fragment key={action.id}>
              {action.danger && index > 0 && !shown[index - 1]?.danger && <span className={classes.rule} />}
              <One action={action} chosen={chosen} />
            </Fragment>
          ))}
          {rest.length > 0 && <More actions={rest} chosen={chosen} />}
        </div>
        <span className={classes.rule} />
        <Button
          variant="subtle"
          color="gray"
          onClick={props.onClear}
          {...(phone && { "aria-label": "Clear selection" })}
        >
          {phone ? (
            <IconX size={16} stroke={1.5} aria-hidden="true" />
          ) : (
            <>
              Clear <kbd className={classes.key}>Esc</kbd>
            </>
          )}
        </Button>
      </div>
    </div>
  );
}

function One({ action, chosen }: { action: BatchAction; chosen: number }): React.ReactNode {
  const [opened, open] = useState(false);
  const dead = action.count === 0;
  const button = (
    <Button
      variant="subtle"
      color="gray"
      className={classes.button ?? ""}
      data-danger={action.danger || undefined}
      aria-disabled={dead}
      {...(action.panel && { "aria-expanded": opened })}
      onClick={() => {
        if (dead) return;
        if (action.panel) open(!opened);
        else action.run?.();
      }}
    >
      {action.label}
      <Applies action={action} chosen={chosen} />
    </Button>
  );
  if (dead && action.reason) return <Tooltip label={action.reason}>{button}</Tooltip>;
  if (!action.panel) return button;
  return (
    <Popover opened={opened} onChange={open} position="top" withinPortal trapFocus returnFocus shadow="md">
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown>{action.panel(() => open(false))}</Popover.Dropdown>
    </Popover>
  );
}

function More({ actions, chosen }: { actions: readonly BatchAction[]; chosen: number }): React.ReactNode {
  const [asking, ask] = useState<BatchAction>();
  return (
    <Popover
      opened={asking !== undefined}
      onChange={(now) => !now && ask(undefined)}
      position="top"
      trapFocus
      returnFocus
      shadow="md"
      withRoles={false}
    >
      <Popover.Target>
        <span className={classes.more}>
          <Menu position="top-end">
            <Menu.Target>
              <Button variant="subtle" color="gray" className={classes.button} aria-label="More actions">
                <IconDots size={16} stroke={1.5} aria-hidden="true" />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {actions.map((action) => (
                <Menu.Item
                  key={action.id}
                  className={classes.entry ?? ""}
                  data-danger={action.danger || undefined}
                  disabled={action.count === 0}
                  rightSection={<Applies action={action} chosen={chosen} />}
                  onClick={() => (action.panel ? ask(action) : action.run?.())}
                >
                  {action.label}
                  {action.count === 0 && action.reason && (
                    <span className={classes.reason}>{action.reason}</span>
                  )}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={asking?.label ?? ""}>
        {asking?.panel?.(() => ask(undefined))}
      </Popover.Dropdown>
    </Popover>
  );
}

/** To how many it applies, unless that is all of them. */
function Applies({ action, chosen }: { action: BatchAction; chosen: number }): React.ReactNode {
  if (action.count === chosen || action.count === 0) return null;
  return <span className={classes.number}>{action.count}</span>;
}
