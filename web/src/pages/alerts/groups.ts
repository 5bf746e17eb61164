/** Groups: by what the alerts that go on can be divided; the worst group stands first. */
import { type Alert, onServer } from "~/kit/alert/alert";
import type { Way } from "~/kit/list/GroupMenu";
import type { GroupBy } from "~/kit/list/groups";

const RULE = "rule";
const SERVER = "server";
export const WAYS: readonly Way[] = [
  { value: RULE, label: "Rule" },
  { value: SERVER, label: "Server" },
];

const BY: Record<string, GroupBy<Alert>> = {
  [RULE]: { of: ({ rule_name }) => rule_name, none: "No rule", asListed: true },
  [SERVER]: { of: onServer, none: "On no server", asListed: true },
};

export const groupsBy = (way: string | undefined): GroupBy<Alert> | undefined => BY[way ?? ""];
