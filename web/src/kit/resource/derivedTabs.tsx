/** The tabs every resource has: its alerts, its schedules, its config, what was done to it, who may do what with it. */
import type { Resource, TypeInfo } from "~/api/types";
import { OfferButton } from "~/kit/action/OfferButton";
import { offerOf } from "~/kit/action/offers";
import { ActivityHistory } from "~/kit/activity/ActivityHistory";
import { AlertCount, AlertsTab } from "~/kit/alert/AlertsTab";
import { ConfigForm } from "~/kit/form/ConfigForm";
import { GrantsOn } from "~/kit/people/GrantsOn";
import { uiOf } from "~/resources/registry";
import { ScheduleCount, SchedulesTab } from "~/resources/schedule/SchedulesTab";
import { schedulable } from "~/resources/schedule/words";
import type { Tab } from "~/resources/ui";

/** A saved config changes nothing that runs yet; this does. */
function Apply({ type, resource }: { type: TypeInfo; resource: Resource }): React.ReactNode {
  const { apply } = uiOf(type.name);
  const offer = apply && offerOf(type, apply.operation, resource);
  return offer ? <OfferButton offer={{ ...offer, label: apply.label }} resource={resource} primary /> : null;
}

/** What alerts may be about. */
const ALERTED = ["server", "deployment", "build"];

export function derivedTabs(type: TypeInfo): Tab[] {
  const Config = ({ resource }: { resource: Resource }) => (
    <ConfigForm
      type={type}
      resource={resource}
      overrides={uiOf(type.name).fields}
      reads={uiOf(type.name).reads}
      notes={uiOf(type.name).notes}
      afterSave={(saved) => <Apply type={type} resource={saved} />}
    />
  );
  const schedules: Tab = {
    id: "schedules",
    label: "Schedules",
    Count: ScheduleCount,
    View: ({ resource }) => <SchedulesTab type={type} resource={resource} />,
  };
  const alerts: Tab = {
    id: "alerts",
    label: "Alerts",
    Count: AlertCount,
    View: ({ resource }) => <AlertsTab type={type.name} resource={resource} />,
  };
  return [
    ...(ALERTED.includes(type.name) ? [alerts] : []),
    ...(schedulable(type).length > 0 ? [schedules] : []),
    { id: "config", label: "Config", View: Config },
    { id: "activity", label: "Activity", View: ({ resource }) => <ActivityHistory resource={resource.id} /> },
    {
      id: "permissions",
      label: "Permissions",
      View: ({ resource }) => <GrantsOn type={type} resource={resource} />,
    },
  ];
}
