/** What is special about schedules on screen. */
import { IconClock } from "@tabler/icons-react";
import { lazy } from "react";
import type { ResourceUi } from "../ui";
import { COLUMNS } from "./columns";
import { Facts } from "./Facts";
import { ownZone, scheduleOf, standing } from "./words";

const DoesField = lazy(async () => ({ default: (await import("./DoesField")).DoesField }));
const WhenField = lazy(async () => ({ default: (await import("./WhenField")).WhenField }));
const RunsTab = lazy(async () => ({ default: (await import("./RunsTab")).RunsTab }));

export const SCHEDULE: ResourceUi = {
  type: "schedule",
  icon: IconClock,
  standing,
  columns: COLUMNS,
  chips: [
    { id: "on", label: "Switched on", matches: (known) => scheduleOf(known).config.enabled },
    { id: "blocked", label: "Blocked", matches: (known) => scheduleOf(known).status.state === "blocked" },
  ],
  facts: (known) => <Facts schedule={scheduleOf(known)} />,
  tabs: [{ id: "runs", label: "Runs", View: RunsTab }],
  begin: { when: { cron: "0 3 * * *", zone: ownZone() } },
  fields: { does: DoesField, when: WhenField },
  troubles: (known) => {
    const { status } = scheduleOf(known);
    if (status.state !== "blocked") return [];
    return [
      {
        id: `${known.resource.id} blocked`,
        tone: "bad",
        word: "Blocked",
        type: "schedule",
        resource: known.resource,
        cause: `It would be refused now: ${status.reason}`,
        steps: [{ kind: "open", label: "Config", to: `/schedules/${known.resource.name}/config` }],
      },
    ];
  },
  empty: {
    title: "No schedule yet",
    text: "A schedule has any action done by the clock: a build each night, a restart each Sunday. It runs with the rights of whoever switches it on.",
  },
};
