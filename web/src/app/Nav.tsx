/** Navigation: at the side, slim when folded; on a phone five places at the bottom. */
import { Menu, UnstyledButton } from "@mantine/core";
import { IconDots, IconLayoutSidebarLeftCollapse } from "@tabler/icons-react";
import { Link, useRouterState } from "@tanstack/react-router";
import { Fragment } from "react";
import { useResources } from "~/api/hooks";
import { type NavItem, useContainerCount, useNav, useQueueLength, useUpdateCount } from "~/app/nav";
import { useAlerts, waitingOf } from "~/kit/alert/useAlerts";
import { count } from "~/kit/units";
import classes from "./Nav.module.css";

/** Without `toggle` there is no room to expand it. */
export function SideNav({ toggle }: { toggle: false | (() => void) }): React.ReactNode {
  const { places, here } = usePlaces();
  return (
    <nav className={classes.side} aria-label="Main">
      {places.map((item) => (
        <Fragment key={item.to}>
          {item.section && <hr className={classes.rule} />}
          <Link
            to={item.to}
            className={classes.item}
            activeOptions={{ exact: item.to === "/", includeSearch: false }}
            activeProps={{ "aria-current": "page" }}
            aria-current={here === item.to ? "page" : undefined}
            title={item.label}
          >
            <item.icon size={16} stroke={1.5} />
            <span>{item.label}</span>
            <Figure item={item} />
          </Link>
        </Fragment>
      ))}
      {toggle && (
        <button
          type="button"
          className={`${classes.item} ${classes.end}`}
          onClick={toggle}
          title="Collapse or expand"
        >
          <IconLayoutSidebarLeftCollapse size={16} stroke={1.5} />
          <span>Collapse</span>
          <kbd className={classes.figure}>[</kbd>
        </button>
      )}
    </nav>
  );
}

export function BottomNav(): React.ReactNode {
  const { places: items, here } = usePlaces();
  const first = items.slice(0, 3);
  // What goes on has its ring at the top.
  const alerts = items.find((item) => item.to === "/alerts");
  const shown = alerts ? [...first, alerts] : first;
  const rest = items.filter((item) => !shown.includes(item));
  return (
    <nav className={classes.bottom} aria-label="Main">
      {shown.map((item) => (
        <Link
          key={item.to}
          to={item.to}
          className={classes.place}
          activeOptions={{ exact: item.to === "/", includeSearch: false }}
          activeProps={{ "aria-current": "page" }}
          aria-current={here === item.to ? "page" : undefined}
        >
          <item.icon size={20} stroke={1.4} />
          {item.label}
          {item.to === "/alerts" && <AlertCount />}
        </Link>
      ))}
      <Menu position="top-end" withinPortal={false}>
        <Menu.Target>
          <UnstyledButton className={classes.place}>
            <IconDots size={20} stroke={1.4} />
            More
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {rest.map((item) => (
            <Menu.Item
              key={item.to}
              component={Link}
              to={item.to}
              h={44}
              leftSection={<item.icon size={16} stroke={1.5} />}
            >
              {item.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}

/** What has a place of its own, and that of them under which the page is that is open. */
function usePlaces(): { places: NavItem[]; here: string | undefined } {
  const items = useNav();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const inside = items.find(({ to, under }) => under && `${path}/`.startsWith(`${to}/`));
  return { places: items.filter(({ under }) => !under), here: inside?.under };
}

function Figure({ item }: { item: NavItem }): React.ReactNode {
  if (item.type) return <TypeCount type={item.type} />;
  if (item.to === "/containers") return <ContainerCount />;
  if (item.to === "/updates") return <UpdateCount />;
  if (item.to === "/alerts") return <AlertCount />;
  if (item.to === "/queue") return <QueueLength />;
  return null;
}

function TypeCount({ type }: { type: string }): React.ReactNode {
  const { items, ready } = useResources(type);
  return ready ? <Amount value={items.size} /> : null;
}

function ContainerCount(): React.ReactNode {
  return <Amount value={useContainerCount()} />;
}

function UpdateCount(): React.ReactNode {
  return <Amount value={useUpdateCount()} />;
}

/** Those that wait for somebody; in the colour of the worst where that is critical. */
function AlertCount(): React.ReactNode {
  const { critical, warning } = waitingOf(useAlerts().list);
  const all = critical + warning;
  if (all === 0) return null;
  return (
    <span
      className={classes.figure}
      data-critical={critical > 0 || undefined}
      title={`${count(critical)} critical, ${count(warning)} warning`}
    >
      {count(all)}
    </span>
  );
}

function QueueLength(): React.ReactNode {
  return <Amount value={useQueueLength()} />;
}

function Amount({ value }: { value: number }): React.ReactNode {
  return value > 0 ? <span className={classes.figure}>{count(value)}</span> : null;
}
