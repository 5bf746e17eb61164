/** Columns of the list of all containers. */
import { Link } from "@tanstack/react-router";
import { AlertSign } from "~/kit/alert/AlertSign";
import type { Column } from "~/kit/list/column";
import { Ports } from "~/kit/Ports";
import { rankOf, State } from "~/kit/State";
import { Ago } from "~/kit/time";
import { shortImage } from "~/resources/deployment/words";
import classes from "./columns.module.css";
import { keeperOf, type Placed, standingOf } from "./placed";
import { since } from "./standing";

export const COLUMNS: readonly Column<Placed>[] = [
  {
    id: "state",
    label: "State",
    value: rank,
    text: ({ told }) => `${told.container.state} ${told.container.health} ${told.container.reason}`,
    render: (row) => <Standing row={row} />,
    width: 1.3,
    priority: 1,
    phone: "shape",
  },
  {
    id: "name",
    label: "Name",
    value: ({ told }) => told.container.name,
    width: 1.5,
    priority: 0,
    phone: "name",
  },
  {
    id: "image",
    label: "Image",
    value: ({ told }) => shortImage(told.container.image),
    text: ({ told }) => told.container.image,
    render: ({ told }) => (
      <span className="mono cut" title={told.container.image}>
        {shortImage(told.container.image)}
      </span>
    ),
    width: 1.4,
    priority: 3,
  },
  {
    id: "server",
    label: "Server",
    value: ({ place }) => place?.name ?? null,
    render: ({ place }) =>
      place ? (
        <Link className="cut" to={`/servers/${place.name}`}>
          {place.name}
        </Link>
      ) : (
        <Nothing />
      ),
    width: 0.8,
    priority: 2,
    phone: "detail",
  },
  {
    id: "from",
    label: "From",
    value: (row) => row.deployment || row.told.container.project || null,
    text: ({ deployment, told }) => `${deployment} ${told.container.project} ${told.container.service}`,
    render: (row) => <From row={row} />,
    width: 1.4,
    priority: 4,
  },
  {
    id: "ports",
    label: "Ports",
    value: ({ told }) => told.container.ports.find((port) => port.host)?.host ?? null,
    text: ({ told }) => told.container.ports.map((port) => port.host || "").join(" "),
    render: ({ told }) => <Ports ports={told.container.ports} server={told.server} />,
    width: 0.9,
    priority: 5,
  },
  {
    id: "restarts",
    label: "Restarts",
    value: ({ told }) => told.container.restarts,
    align: "right",
    width: "84px",
    descending: true,
    optional: true,
  },
  {
    id: "since",
    label: "Since",
    value: ({ told }) => since(told.container),
    text: () => "",
    render: ({ told }) => <Ago at={since(told.container)} />,
    align: "right",
    width: "76px",
    descending: true,
    priority: 6,
    phone: "figure2",
  },
  {
    id: "created",
    label: "Created",
    value: ({ told }) => told.container.created,
    text: () => "",
    render: ({ told }) => <Ago at={told.container.created} />,
    align: "right",
    width: "76px",
    descending: true,
    optional: true,
  },
];

/** Worst first, then by word. */
function rank(row: Placed): string {
  const standing = standingOf(row);
  return `${String(rankOf(standing)).padStart(2, "0")} ${standing.word}`;
}

function Standing({ row }: { row: Placed }): React.ReactNode {
  const { tone, word, reason, alert } = standingOf(row);
  return (
    <span className="row cut" title={reason}>
      <span className={classes.word}>
        <State tone={tone} word={word} />
      </span>
      <AlertSign sign={alert} />
      {reason && (
        <span className="faint small cut" dir="auto">
          {reason}
        </span>
      )}
    </span>
  );
}

function From({ row }: { row: Placed }): React.ReactNode {
  const { project, service } = row.told.container;
  switch (keeperOf(row)) {
    case "managed":
      return row.deployment ? (
        <Link className="cut" to={`/deployments/${row.deployment}`}>
          {row.deployment}
        </Link>
      ) : (
        <span className="faint">a deployment</span>
      );
    case "compose":
      return (
        <span className="cut" title={`Compose project ${project}, service ${service}`}>
          {project}
          <span className="faint">/{service}</span>
        </span>
      );
    case "none":
      return <span className="faint">not managed</span>;
  }
}

function Nothing(): React.ReactNode {
  return <span className="faint">—</span>;
}
