/** Columns and filters of the list of people. */
import type { User } from "~/api/types";
import type { Chip } from "~/kit/list/chip";
import type { Column } from "~/kit/list/column";
import { type Standing, State } from "~/kit/State";
import { Ago } from "~/kit/time";

export const standingOf = ({ enabled }: User): Standing =>
  enabled ? { tone: "ok", word: "Enabled" } : { tone: "off", word: "Disabled" };

export const COLUMNS: readonly Column<User>[] = [
  { id: "name", label: "Name", value: (user) => user.name, width: 1.6, phone: "name", priority: 0 },
  {
    id: "state",
    label: "Sign-in",
    value: (user) => standingOf(user).word,
    render: (user) => <State {...standingOf(user)} />,
    phone: "shape",
    priority: 1,
  },
  {
    id: "admin",
    label: "May do",
    value: (user) => (user.admin ? "Everything" : "What was granted"),
    render: (user) => (user.admin ? "Everything, as admin" : <span className="faint">What was granted</span>),
    text: (user) => (user.admin ? "admin" : ""),
    width: 1.4,
    phone: "detail",
    priority: 2,
  },
  {
    id: "seen",
    label: "Last seen",
    value: (user) => user.last_seen,
    text: () => "",
    render: (user) => (user.last_seen ? <Ago at={user.last_seen} /> : <span className="faint">never</span>),
    align: "right",
    width: "96px",
    descending: true,
    phone: "figure",
    priority: 3,
  },
  {
    id: "created",
    label: "Added",
    value: (user) => user.created,
    text: () => "",
    render: (user) => <Ago at={user.created} />,
    align: "right",
    width: "96px",
    descending: true,
    priority: 4,
  },
];

export const CHIPS: readonly Chip<User>[] = [
  { id: "admin", label: "Admin", matches: (user) => user.admin },
  { id: "disabled", label: "Disabled", matches: (user) => !user.enabled },
  { id: "never", label: "Never seen", matches: (user) => user.last_seen === null },
];
