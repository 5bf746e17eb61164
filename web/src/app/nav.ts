/** What the navigation offers: the overview, each resource type, and what spans them, as far as one may see it. */
import {
  IconActivity,
  IconBell,
  IconBox,
  IconHome,
  IconMenu4,
  IconRefreshDot,
  IconSettings,
  IconUsers,
} from "@tabler/icons-react";
import { useMemo } from "react";
import { isOpen, useActivities, useDeployments, useMe, useServers, useTypes } from "~/api/hooks";
import { uiOf } from "~/resources/registry";
import type { ResourceUi } from "~/resources/ui";

export interface NavItem {
  to: string;
  label: string;
  icon: ResourceUi["icon"];
  /** The type whose number stands beside it. */
  type?: string;
  /** The place whose tabs lead there: it has none of its own in the navigation. */
  under?: string | undefined;
  /** First of a new section. */
  section?: boolean;
}

const ORDER = ["server", "deployment", "stack", "build"];

export function useNav(): NavItem[] {
  const types = useTypes();
  const me = useMe();
  return useMemo(() => {
    const rank = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
    const kept = [...types].sort((a, b) => rank(a.name) - rank(b.name));
    const items: NavItem[] = [
      { to: "/", label: "Overview", icon: IconHome },
      ...kept.map((type) => ({
        to: `/${type.plural}`,
        label: capital(type.plural),
        icon: uiOf(type.name).icon,
        type: type.name,
        under: uiOf(type.name).under,
      })),
      { to: "/containers", label: "Containers", icon: IconBox },
      { to: "/updates", label: "Updates", icon: IconRefreshDot },
      { to: "/alerts", label: "Alerts", icon: IconBell, section: true },
      { to: "/activity", label: "Activity", icon: IconActivity },
      { to: "/queue", label: "Queue", icon: IconMenu4 },
    ];
    if (me.can.includes("user.list"))
      items.push({ to: "/people", label: "People", icon: IconUsers, section: true });
    items.push({
      to: "/settings",
      label: "Settings",
      icon: IconSettings,
      section: !me.can.includes("user.list"),
    });
    return items;
  }, [types, me]);
}

/** Containers of all servers the viewer may see. */
export function useContainerCount(): number {
  const { items } = useServers();
  return useMemo(
    () => [...items.values()].reduce((sum, server) => sum + server.status.containers, 0),
    [items],
  );
}

/** Deployments for whose image there is a newer one. */
export function useUpdateCount(): number {
  const { items } = useDeployments();
  return useMemo(
    () => [...items.values()].filter(({ status }) => status.update?.state === "available").length,
    [items],
  );
}

/** Queued and running activities. */
export function useQueueLength(): number {
  const { list } = useActivities();
  return useMemo(() => list.filter(isOpen).length, [list]);
}

export function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).replaceAll("_", " ");
}
