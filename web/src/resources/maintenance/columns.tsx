/** Columns of the list of maintenances, and when one goes on. */
import type { Column } from "~/kit/list/column";
import { exact } from "~/kit/time";
import { Until } from "~/kit/until";
import type { Known } from "../ui";
import { type Maintenance, maintenanceOf } from "./words";

export const COLUMNS: readonly Column<Known>[] = [
  {
    id: "name",
    label: "Name",
    value: ({ resource }) => resource.name,
    width: 1.2,
    phone: "name",
    priority: 0,
  },
  {
    id: "occasion",
    label: "Begins or ends",
    value: (known) => occasionOf(maintenanceOf(known)),
    text: () => "",
    render: (known) => <Occasion maintenance={maintenanceOf(known)} />,
    width: "136px",
    phone: "figure2",
    priority: 1,
  },
  {
    id: "when",
    label: "When",
    value: (known) => maintenanceOf(known).status.text,
    render: (known) => <Cut text={maintenanceOf(known).status.text} />,
    width: 1.8,
    phone: "detail",
    priority: 2,
  },
  {
    id: "of",
    label: "Of what",
    value: (known) => maintenanceOf(known).status.of,
    render: (known) => <Cut text={maintenanceOf(known).status.of} />,
    width: 1.4,
    priority: 3,
  },
];

/** The end of the one that goes on comes before all that are to begin. */
function occasionOf({ status }: Maintenance): number | null {
  const at = status.state === "now" ? status.ends : status.begins;
  return at ? Date.parse(at) : null;
}

/** `ends in 40 min`, `begins in 3 d`; nothing where there is none to come. */
export function Occasion({ maintenance }: { maintenance: Maintenance }): React.ReactNode {
  const { state, begins, ends } = maintenance.status;
  if (!begins || !ends) return <span className="faint">—</span>;
  return (
    <span className={state === "now" ? undefined : "muted"} title={`${exact(begins)} to ${exact(ends)}`}>
      {state === "now" ? <Until at={ends} before="ends " /> : <Until at={begins} before="begins " />}
    </span>
  );
}

function Cut({ text }: { text: string }): React.ReactNode {
  return (
    <span className="cut" title={text}>
      {text}
    </span>
  );
}
