/** Containers of one server, whoever started them, live. */
import type { Resource } from "~/api/types";
import { useParam } from "~/app/param";
import type { Column } from "~/kit/list/column";
import { ContainerList, GroupButton } from "~/pages/containers/ContainerList";
import { COLUMNS } from "~/pages/containers/columns";
import type { Placed } from "~/pages/containers/placed";
import { asServer } from "../model";
import { Hidden } from "./Hidden";
import { useHere } from "./useHere";

/** All are on this server, so a phone's second line has room for the image. */
const HERE = COLUMNS.filter((column) => column.id !== "server").map((column): Column<Placed> => {
  if (column.id === "restarts") return { ...column, optional: false, priority: 7, render: restarts };
  return column.id === "image" ? { ...column, phone: "detail" } : column;
});

function restarts({ told }: Placed): React.ReactNode {
  return told.container.restarts || <span className="faint">—</span>;
}

export function ContainersTab({ resource }: { resource: Resource }): React.ReactNode {
  const server = asServer(resource);
  const { rows, ready, problem, changed, hidden } = useHere(server);
  const [flat, setFlat] = useParam("group");
  const grouped = flat !== "none";
  return (
    <>
      <ContainerList
        name="containers here"
        rows={rows}
        columns={HERE}
        ready={ready}
        problem={problem}
        changed={changed}
        grouped={grouped}
        here
        primary={
          <GroupButton
            phone={false}
            grouped={grouped}
            onClick={() => setFlat(grouped ? "none" : undefined)}
          />
        }
        empty={{
          title: server.status.state === "waiting" ? "Nobody has joined yet" : "No container here",
          text: "Whatever is started on this host appears here by itself, also what Monitor did not start.",
        }}
      />
      <Hidden count={hidden} />
    </>
  );
}
