/** What is special about servers on screen. */
import { IconServer2 } from "@tabler/icons-react";
import { lazy } from "react";
import { compareWith, MOST } from "~/pages/compare/choice";
import type { ResourceUi } from "../ui";
import { BuildCount } from "./builds/BuildCount";
import { COLUMNS } from "./columns";
import { DeploymentCount } from "./deployments/DeploymentCount";
import { Facts } from "./Facts";
import { asServer, hasHost, isBehind, serverOf } from "./model";
import { serverStanding } from "./standing";
import { serverTroubles } from "./troubles";

const OverviewTab = lazy(async () => ({ default: (await import("./overview/OverviewTab")).OverviewTab }));
const ContainersTab = lazy(async () => ({
  default: (await import("./containers/ContainersTab")).ContainersTab,
}));
const ProcessesTab = lazy(async () => ({ default: (await import("./ProcessesTab")).ProcessesTab }));
const FleetHeat = lazy(async () => ({ default: (await import("./heat/FleetHeat")).FleetHeat }));
const ImagesTab = lazy(async () => ({ default: (await import("./docker/ImagesTab")).ImagesTab }));
const VolumesTab = lazy(async () => ({ default: (await import("./docker/VolumesTab")).VolumesTab }));
const NetworksTab = lazy(async () => ({ default: (await import("./docker/NetworksTab")).NetworksTab }));
const BuildsTab = lazy(async () => ({ default: (await import("./builds/BuildsTab")).BuildsTab }));
const CleanUpTab = lazy(async () => ({ default: (await import("./cleanup/CleanUpTab")).CleanUpTab }));
const DeploymentsTab = lazy(async () => ({
  default: (await import("./deployments/DeploymentsTab")).DeploymentsTab,
}));

export const SERVER: ResourceUi = {
  type: "server",
  icon: IconServer2,
  standing: (known) => serverStanding(serverOf(known)),
  columns: COLUMNS,
  chips: [
    {
      id: "disk",
      label: "Disk over 80%",
      matches: (known) => (serverOf(known).status.disk ?? 0) > 80,
    },
    { id: "behind", label: "Agent behind", matches: (known) => isBehind(serverOf(known)) },
    { id: "down", label: "Down", matches: (known) => serverOf(known).status.state === "down" },
  ],
  together: { label: "Compare", most: MOST, to: compareWith("servers") },
  picture: { id: "heat", label: "Heat", View: FleetHeat },
  facts: (known) => <Facts server={serverOf(known)} />,
  tabs: [
    { id: "overview", label: "Overview", View: OverviewTab },
    {
      id: "containers",
      label: "Containers",
      count: (resource) => asServer(resource).status.containers || undefined,
      offered: (resource) => hasHost(asServer(resource)),
      View: ContainersTab,
    },
    {
      id: "processes",
      label: "Processes",
      offered: (resource) => hasHost(asServer(resource)) && resource.can.includes("server.processes"),
      View: ProcessesTab,
    },
    { id: "images", label: "Images", offered: (resource) => hasHost(asServer(resource)), View: ImagesTab },
    { id: "volumes", label: "Volumes", offered: (resource) => hasHost(asServer(resource)), View: VolumesTab },
    {
      id: "networks",
      label: "Networks",
      offered: (resource) => hasHost(asServer(resource)),
      View: NetworksTab,
    },
    { id: "builds", label: "Builds", Count: BuildCount, View: BuildsTab },
    {
      id: "clean-up",
      label: "Clean-up",
      offered: (resource) => hasHost(asServer(resource)),
      View: CleanUpTab,
    },
    { id: "deployments", label: "Deployments", Count: DeploymentCount, View: DeploymentsTab },
  ],
  troubles: serverTroubles,
  create: "Add server",
  empty: {
    title: "No server yet",
    text: "A server is a machine with Docker. Add this one first: one command, and its containers appear here.",
  },
};
