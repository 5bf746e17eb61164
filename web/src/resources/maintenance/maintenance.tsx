/** What is special about maintenances on screen. */
import { IconTool } from "@tabler/icons-react";
import { lazy } from "react";
import type { Schemas } from "~/api/types";
import { AlertTabs } from "~/kit/alert/AlertTabs";
import { ownZone } from "../schedule/words";
import type { Known, ResourceUi } from "../ui";

const WhenField = lazy(async () => ({ default: (await import("./WhenField")).WhenField }));

const maintenanceOf = (known: Known) => known.resource as unknown as Schemas["Maintenance"];

export const MAINTENANCE: ResourceUi = {
  type: "maintenance",
  icon: IconTool,
  under: "/alerts",
  Above: () => <AlertTabs current="maintenance" />,
  standing: (known) =>
    maintenanceOf(known).config.enabled ? { tone: "ok", word: "On" } : { tone: "off", word: "Off" },
  facts: (known) => (
    <span className="cut">
      {maintenanceOf(known).status.text} · of {maintenanceOf(known).status.of}
    </span>
  ),
  begin: { when: { kind: "weekly", days: ["sun"], start: "02:00", minutes: 120, zone: ownZone() } },
  fields: { when: WhenField },
  empty: {
    title: "No maintenance yet",
    text: "While one goes on nobody is told of alerts about what it covers; what still stands is told at its end.",
  },
};
