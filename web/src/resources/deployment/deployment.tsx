/** What is special about deployments on screen. */
import { IconUpload } from "@tabler/icons-react";
import { lazy } from "react";
import { compareWith, MOST } from "~/pages/compare/choice";
import type { ResourceUi } from "../ui";
import { BuildNote } from "./BuildNote";
import { COLUMNS } from "./columns";
import { Facts } from "./Facts";
import { deploymentOf, standing } from "./standing";
import { troubles } from "./troubles";

const insides = () => import("./Insides");
const StatsTab = lazy(async () => ({ default: (await insides()).StatsTab }));
const ProcessesTab = lazy(async () => ({ default: (await insides()).ProcessesTab }));
const InspectTab = lazy(async () => ({ default: (await insides()).InspectTab }));
const ChangesTab = lazy(async () => ({ default: (await insides()).ChangesTab }));
const LogTab = lazy(async () => ({ default: (await import("./LogTab")).LogTab }));
const HistoryTab = lazy(async () => ({ default: (await import("./history/HistoryTab")).HistoryTab }));
const TerminalTab = lazy(async () => ({ default: (await import("./TerminalTab")).TerminalTab }));

export const DEPLOYMENT: ResourceUi = {
  type: "deployment",
  icon: IconUpload,
  standing,
  columns: COLUMNS,
  chips: [
    {
      id: "update",
      label: "Update available",
      matches: (known) => deploymentOf(known).status.update?.state === "available",
    },
    { id: "changed", label: "Config changed", matches: (known) => deploymentOf(known).status.outdated },
    {
      id: "trouble",
      label: "In trouble",
      matches: (known) => standing(known).tone === "bad",
    },
    {
      id: "built",
      label: "From a build",
      matches: (known) => deploymentOf(known).config.image.kind === "build",
    },
  ],
  together: { label: "Compare", most: MOST, to: compareWith("deployments") },
  facts: (known) => <Facts known={known} />,
  tabs: [
    { id: "overview", label: "Overview", View: StatsTab },
    {
      id: "log",
      label: "Log",
      offered: (resource) => resource.can.includes("deployment.log"),
      View: LogTab,
    },
    {
      id: "history",
      label: "History",
      offered: (resource) => resource.can.includes("deployment.history"),
      View: HistoryTab,
    },
    {
      id: "terminal",
      label: "Terminal",
      offered: (resource) => resource.can.includes("deployment.terminal"),
      View: TerminalTab,
    },
    {
      id: "processes",
      label: "Processes",
      offered: (resource) => resource.can.includes("deployment.processes"),
      View: ProcessesTab,
    },
    {
      id: "inspect",
      label: "Inspect",
      offered: (resource) => resource.can.includes("deployment.inspect"),
      View: InspectTab,
    },
    {
      id: "files",
      label: "Files changed",
      offered: (resource) => resource.can.includes("deployment.changes"),
      View: ChangesTab,
    },
  ],
  beside: ["deployment.pull"],
  notes: { image: BuildNote },
  apply: { operation: "deployment.deploy", label: "Deploy now" },
  troubles,
  empty: {
    title: "Nothing deployed yet",
    text: "A deployment keeps one container running on a server, from an image or a build.",
  },
};
