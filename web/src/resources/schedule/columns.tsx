/** Columns of the list of schedules. */
import { useTypes } from "~/api/hooks";
import type { Column } from "~/kit/list/column";
import { State } from "~/kit/State";
import { Tags } from "~/kit/Tags";
import { Until } from "~/kit/until";
import type { Known } from "../ui";
import { deedOf, outcomeOf, type Schedule, scheduleOf } from "./words";

export const COLUMNS: readonly Column<Known>[] = [
  {
    id: "name",
    label: "Name",
    value: (known) => known.resource.name,
    width: 1.1,
    phone: "name",
    priority: 0,
  },
  {
    id: "does",
    label: "What",
    value: (known) => scheduleOf(known).config.does?.operation ?? null,
    text: ({ resource }) => Object.values(resource.names).join(" "),
    render: (known) => <Deed schedule={scheduleOf(known)} />,
    width: 1.4,
    priority: 1,
  },
  {
    id: "when",
    label: "When",
    value: (known) => scheduleOf(known).status.text,
    render: (known) => (
      <span className="cut" title={scheduleOf(known).status.text}>
        {scheduleOf(known).status.text}
      </span>
    ),
    width: 1.7,
    phone: "detail",
    priority: 2,
  },
  {
    id: "next",
    label: "Next",
    value: (known) => scheduleOf(known).status.next,
    text: () => "",
    render: (known) => <Until at={scheduleOf(known).status.next} />,
    align: "right",
    width: "88px",
    phone: "figure2",
    priority: 3,
  },
  {
    id: "last",
    label: "Last",
    value: (known) => scheduleOf(known).status.last?.outcome ?? null,
    render: (known) => <Last schedule={scheduleOf(known)} />,
    width: "120px",
    priority: 4,
  },
  {
    id: "as",
    label: "Runs as",
    value: (known) => scheduleOf(known).status.runs_as || null,
    width: 0.7,
    priority: 5,
  },
  {
    id: "tags",
    label: "Tags",
    value: (known) => known.resource.tags.join(" ") || null,
    render: (known) => <Tags tags={known.resource.tags} />,
    width: 0.9,
    priority: 6,
  },
];

function Deed({ schedule }: { schedule: Schedule }): React.ReactNode {
  const text = deedOf(schedule.config.does, schedule.names, useTypes());
  return (
    <span className="cut" title={text}>
      {text}
    </span>
  );
}

function Last({ schedule }: { schedule: Schedule }): React.ReactNode {
  const { last } = schedule.status;
  if (!last) return <span className="faint">—</span>;
  return <State {...outcomeOf(last)} />;
}
