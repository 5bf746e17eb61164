/** ContainersPanel: a server's containers on its overview, trouble first, not more than a screen takes. */
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { Column } from "~/kit/list/column";
import { Panel } from "~/kit/Panel";
import { Tally } from "~/kit/Tally";
import { Ago } from "~/kit/time";
import { COLUMNS } from "~/pages/containers/columns";
import { type Placed, pageOf } from "~/pages/containers/placed";
import { Hidden } from "../containers/Hidden";
import { notWell, worstFirst } from "../containers/here";
import { useHere } from "../containers/useHere";
import type { ServerResource } from "../model";
import classes from "./ContainersPanel.module.css";

const SHOWN = 8;
const PARTS = ["state", "name", "image", "from", "ports", "restarts", "since"];
const SHOWN_COLUMNS = PARTS.flatMap((id) => COLUMNS.filter((column) => column.id === id));

/** The page around is drawn anew each second; a server that is the same shows the same containers. */
export const ContainersPanel = memo(function ContainersPanel({
  server,
}: {
  server: ServerResource;
}): React.ReactNode {
  const { rows, ready, problem, hidden } = useHere(server);
  const shown = worstFirst(rows).slice(0, SHOWN);
  const silent = rows[0]?.place?.silent;
  const all = `/servers/${server.name}/containers`;
  return (
    <Panel
      title="Containers"
      note={
        <span className={classes.note}>
          {ready && <span>{rows.length}</span>}
          <Tally counts={notWell(rows)} />
          {silent !== undefined && (
            <span>
              as of <Ago at={silent} suffix=" ago" />
            </span>
          )}
        </span>
      }
      end={
        <Link className="link" to={all}>
          All containers
        </Link>
      }
    >
      {problem ? (
        <p className={classes.empty} role="alert">
          {problem.detail}
        </p>
      ) : ready && rows.length === 0 ? (
        <p className={classes.empty}>
          {hidden > 0 ? "None that you may see." : "No container runs here yet."}
        </p>
      ) : (
        <Rows rows={shown} stale={silent !== undefined} />
      )}
      {rows.length > SHOWN && (
        <Link className={classes.more} to={all}>
          {rows.length - SHOWN} more
        </Link>
      )}
      <Hidden count={hidden} />
    </Panel>
  );
});

function Rows({ rows, stale }: { rows: readonly Placed[]; stale: boolean }): React.ReactNode {
  return (
    <table className={classes.table} data-stale={stale || undefined}>
      <thead>
        <tr>
          {SHOWN_COLUMNS.map(({ id, label, align }) => (
            <th key={id} data-column={id} data-align={align}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-row={row.id}>
            {SHOWN_COLUMNS.map((column) => (
              <td key={column.id} data-column={column.id} data-align={column.align}>
                <Value column={column} row={row} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ column, row }: { column: Column<Placed>; row: Placed }): React.ReactNode {
  if (column.id === "name") {
    const { name } = row.told.container;
    return (
      <Link className={classes.name} to={pageOf(row)} title={name}>
        {name}
      </Link>
    );
  }
  const value = column.render ? column.render(row) : column.value(row);
  return value === null || value === 0 ? <span className="faint">—</span> : value;
}
