/** Processes: what runs in a container or on a host, as a list. */

import type { ProblemBody } from "~/api/types";
import type { Chip } from "~/kit/list/chip";
import type { Column } from "~/kit/list/column";
import { List } from "~/kit/list/List";
import { bytes, percent } from "~/kit/units";
import type { Process } from "./inside";
import { lasted } from "./lasted";

const COLUMNS: readonly Column<Process>[] = [
  {
    id: "command",
    label: "Command",
    value: ({ command }) => command,
    render: ({ command }) => (
      <span className="mono cut" title={command} dir="auto">
        {command}
      </span>
    ),
    width: 4,
    priority: 0,
    phone: "name",
  },
  {
    id: "pid",
    label: "PID",
    value: ({ pid }) => pid,
    text: ({ pid }) => String(pid),
    align: "right",
    width: "84px",
    phone: "detail",
  },
  {
    id: "parent",
    label: "Parent",
    value: ({ parent }) => parent,
    align: "right",
    width: "84px",
    priority: 5,
  },
  { id: "user", label: "User", value: ({ user }) => user, width: 0.7, priority: 3, phone: "word" },
  {
    id: "cpu",
    label: "CPU",
    value: ({ cpu }) => cpu,
    render: ({ cpu }) => (cpu === null ? <Unknown /> : percent(cpu)),
    align: "right",
    width: "76px",
    descending: true,
    phone: "figure",
    short: "CPU",
  },
  {
    id: "memory",
    label: "Memory",
    value: ({ memory }) => memory,
    render: ({ memory }) => (memory === null ? <Unknown /> : bytes(memory)),
    align: "right",
    width: "96px",
    descending: true,
    phone: "figure2",
  },
  {
    id: "seconds",
    label: "Running for",
    value: ({ seconds }) => seconds,
    render: ({ seconds }) => (seconds === null ? <Unknown /> : lasted(seconds)),
    align: "right",
    width: "104px",
    descending: true,
    priority: 4,
  },
];

const CHIPS: readonly Chip<Process>[] = [
  { id: "user", label: "User", values: ({ user }) => [user], pinned: true },
];

const idOf = ({ pid }: Process): string => String(pid);
const NO_PROCESSES: readonly Process[] = [];
const BUSIEST = { column: "cpu", down: true };
const NONE = { title: "No process", text: "Nothing runs that the host can see." };

/** `items` is undefined until they are known. */
export function Processes(props: {
  items: readonly Process[] | undefined;
  problem: ProblemBody | undefined;
  primary: React.ReactNode;
}): React.ReactNode {
  const { items, problem, primary } = props;
  return (
    <List
      name="processes"
      items={items ?? NO_PROCESSES}
      idOf={idOf}
      columns={COLUMNS}
      chips={CHIPS}
      ready={items !== undefined}
      problem={problem}
      searchHint="Command, user, PID…"
      sort={BUSIEST}
      empty={NONE}
      primary={primary}
    />
  );
}

function Unknown(): React.ReactNode {
  return <span className="faint">—</span>;
}
