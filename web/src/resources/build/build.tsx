/** What is special about builds on screen. */
import { IconHammer } from "@tabler/icons-react";
import { lazy } from "react";
import type { ResourceUi } from "../ui";
import { COLUMNS } from "./columns";
import { DockerfileField, DockerfileRead } from "./DockerfileField";
import { Facts } from "./Facts";
import { troubles } from "./troubles";
import { buildOf } from "./words";

const VersionsTab = lazy(async () => ({ default: (await import("./VersionsTab")).VersionsTab }));

const AfterTab = lazy(async () => ({ default: (await import("./after/AfterTab")).AfterTab }));
const AllBuilders = lazy(async () => ({ default: (await import("./queue/BuildQueue")).AllBuilders }));
const WebhookTab = lazy(async () => ({ default: (await import("./webhook/WebhookTab")).WebhookTab }));

export const BUILD: ResourceUi = {
  type: "build",
  icon: IconHammer,
  columns: COLUMNS,
  chips: [
    {
      id: "failed",
      label: "Last run failed",
      matches: (known) => known.runs.at(-1)?.state === "failed",
    },
  ],
  facts: (known) => <Facts build={buildOf(known)} />,
  tabs: [
    { id: "versions", label: "Versions", View: VersionsTab },
    { id: "after", label: "After a build", View: AfterTab },
    { id: "webhook", label: "Webhook", View: WebhookTab },
  ],
  fields: { written: DockerfileField },
  reads: { written: DockerfileRead },
  Above: AllBuilders,
  // Most builds are made from a repository: its address is the first thing to type.
  begin: { source: {} },
  presets: [
    { operation: "build.run", label: "Build a minor version", says: { bump: "minor" } },
    { operation: "build.run", label: "Build a major version", says: { bump: "major" } },
    { operation: "build.run", label: "Build with options" },
  ],
  beside: ["build.push", "build.redeploy"],
  apply: { operation: "build.run", label: "Build now" },
  troubles,
  empty: {
    title: "No build yet",
    text: "A build turns source in git into versioned images. Name a repository and a server to build on.",
  },
};
