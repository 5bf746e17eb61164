/** What is special about maintenances on screen. */
import { IconTool } from "@tabler/icons-react";
import { lazy } from "react";
import { AlertTabs } from "~/kit/alert/AlertTabs";
import { ownZone } from "../schedule/words";
import type { ResourceUi } from "../ui";
import { COLUMNS, Occasion } from "./columns";
import { maintenanceOf, standing } from "./words";

const WhenField = lazy(async () => ({ default: (await import("./WhenField")).WhenField }));

export const MAINTENANCE: ResourceUi = {
  type: "maintenance",
  icon: IconTool,
  under: "/alerts",
  Above: () => <AlertTabs current="maintenance" />,
  standing,
  columns: COLUMNS,
  facts: (known) => (
    <>
      <span className="cut">
        {maintenanceOf(known).status.text} · of {maintenanceOf(known).status.of}
      </span>
      <Occasion maintenance={maintenanceOf(known)} />
    </>
  ),
  begin: { when: { kind: "weekly", days: ["sun"], start: "02:00", minutes: 120, zone: ownZone() } },
  fields: { when: WhenField },
  empty: {
    title: "No maintenance yet",
    text: "While one goes on nobody is told of alerts about what it covers; what still stands is told at its end.",
  },
};
