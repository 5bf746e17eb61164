/** Tabs of a container's page, as far as the viewer's rights on its server go. */
import { type ComponentType, lazy } from "react";
import type { Placed } from "~/pages/containers/placed";
import type { ServerResource } from "~/resources/server/model";

export interface ContainerTabProps {
  server: ServerResource;
  row: Placed;
}

interface Tab {
  id: string;
  label: string;
  /** The operation it lives on. */
  needs?: string;
  View: ComponentType<ContainerTabProps>;
}

const parts = () => import("./parts");
const TABS: readonly Tab[] = [
  { id: "overview", label: "Overview", View: lazy(async () => ({ default: (await parts()).OverviewPart })) },
  {
    id: "log",
    label: "Log",
    needs: "server.container_log",
    View: lazy(async () => ({ default: (await parts()).LogPart })),
  },
  {
    id: "processes",
    label: "Processes",
    needs: "server.container_processes",
    View: lazy(async () => ({ default: (await parts()).ProcessesPart })),
  },
  {
    id: "inspect",
    label: "Inspect",
    needs: "server.inspect_container",
    View: lazy(async () => ({ default: (await parts()).InspectPart })),
  },
  {
    id: "files",
    label: "Files changed",
    needs: "server.container_changes",
    View: lazy(async () => ({ default: (await parts()).ChangesPart })),
  },
];

export function tabsOf(server: ServerResource): readonly Tab[] {
  return TABS.filter(({ needs }) => !needs || server.can.includes(needs));
}
