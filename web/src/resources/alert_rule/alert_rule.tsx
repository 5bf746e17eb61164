/** What is special about alert rules on screen. */
import { IconBellCog } from "@tabler/icons-react";
import { lazy } from "react";
import { AlertTabs } from "~/kit/alert/AlertTabs";
import { UNITS } from "~/kit/alert/figure";
import type { ResourceUi } from "../ui";
import { COLUMNS } from "./columns";
import { unitOf } from "./unit";
import { type RuleConfig, ruleOf, standing } from "./words";

const RulePreview = lazy(async () => ({ default: (await import("./RulePreview")).RulePreview }));

export const ALERT_RULE: ResourceUi = {
  type: "alert_rule",
  icon: IconBellCog,
  under: "/alerts",
  standing,
  columns: COLUMNS,
  chips: [{ id: "off", label: "Switched off", matches: (known) => !ruleOf(known).config.enabled }],
  Above: () => <AlertTabs current="rules" />,
  Preview: RulePreview,
  units: {
    fields: ["warning", "critical", "margin"],
    of: (config, schema) => UNITS[unitOf((config as unknown as RuleConfig).what, schema)] ?? "",
  },
  facts: (known) => <span>{ruleOf(known).status.text}</span>,
  begin: {
    what: { kind: "server_figure", measure: "cpu", of: "", under: false },
    warning: 90,
    margin: 5,
    lasts: 300,
  },
  empty: {
    title: "No alert rule",
    text: "A rule says what is watched, and from when on people are told of it. Those Monitor begins with were deleted.",
  },
};
