/** The page of a container that belongs to no deployment: what it is, what it uses, what is inside, what can be done. */
import { Skeleton } from "@mantine/core";
import { Navigate, useParams } from "@tanstack/react-router";
import { useResource } from "~/api/hooks";
import { Missing } from "~/app/Missing";
import { useHere } from "~/resources/server/containers/useHere";
import type { ServerResource } from "~/resources/server/model";
import { ContainerView } from "./ContainerView";

export function ContainerPage(): React.ReactNode {
  const { server = "", container = "", tab } = useParams({ strict: false });
  const { found, ready } = useResource<ServerResource>("server", server);
  if (!found) return ready ? <Missing what="server" /> : <Skeleton h={320} />;
  return <Found key={`${found.id}/${container}`} server={found} name={container} tab={tab} />;
}

function Found(props: { server: ServerResource; name: string; tab: string | undefined }): React.ReactNode {
  const { server, name, tab } = props;
  const { rows, ready } = useHere(server);
  const row =
    rows.find((each) => each.told.container.name === name) ??
    rows.find((each) => name.length >= 12 && each.told.container.id.startsWith(name));
  if (!row) return ready ? <Missing what="container" /> : <Skeleton h={320} />;
  if (row.deployment) return <Navigate to={`/deployments/${row.deployment}`} replace />;
  return <ContainerView server={server} row={row} tab={tab} />;
}
