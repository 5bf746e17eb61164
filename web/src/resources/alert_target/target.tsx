/** What is special about alert targets on screen. */
import { IconBell } from "@tabler/icons-react";
import { lazy } from "react";
import { AlertTabs } from "~/kit/alert/AlertTabs";
import type { ResourceUi } from "../ui";
import { standing, targetOf } from "./words";

const ChangesField = lazy(async () => ({ default: (await import("./ChangesField")).ChangesField }));
const ServiceField = lazy(async () => ({ default: (await import("./ServiceField")).ServiceField }));
const ActiveField = lazy(async () => ({ default: (await import("./TimesField")).ActiveField }));
const QuietField = lazy(async () => ({ default: (await import("./TimesField")).QuietField }));
const DigestField = lazy(async () => ({ default: (await import("./TimesField")).DigestField }));
const DeliveriesTab = lazy(async () => ({ default: (await import("./DeliveriesTab")).DeliveriesTab }));

export const ALERT_TARGET: ResourceUi = {
  type: "alert_target",
  icon: IconBell,
  under: "/alerts",
  Above: () => <AlertTabs current="targets" />,
  standing,
  facts: (known) => <span className="cut">{targetOf(known).status.service}</span>,
  tabs: [{ id: "deliveries", label: "Deliveries", View: DeliveriesTab }],
  fields: {
    service: ServiceField,
    changes: ChangesField,
    active: ActiveField,
    quiet: QuietField,
    digest: DigestField,
  },
  chips: [
    { id: "failing", label: "Failing", matches: (known) => targetOf(known).status.state === "failing" },
  ],
  troubles: (known) => {
    const { status, name, id } = targetOf(known);
    if (status.state !== "failing") return [];
    return [
      {
        id: `${id} failing`,
        tone: "bad",
        word: "Failing",
        type: "alert_target",
        resource: known.resource,
        cause: status.reason || "The last message was not delivered",
        verbatim: true,
        since: status.last?.at ?? null,
        steps: [{ kind: "open", label: "Deliveries", to: `/alert_targets/${name}/deliveries` }],
      },
    ];
  },
  empty: {
    title: "No alert target yet",
    text: "A target is a place alerts are sent to: mail, a chat, a telephone, a webhook, or the browsers that are open. Only admins make one.",
  },
};
