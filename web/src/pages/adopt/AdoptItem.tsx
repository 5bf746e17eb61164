/** AdoptItem: the way to a deployment of a container that is nobody's, in the menu of its row. */
import { Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMe } from "~/api/hooks";
import classes from "~/kit/action/action.module.css";
import type { Placed } from "~/pages/containers/placed";
import { adoptable, adoptPath } from "./adopt";

/** Nothing for one that is somebody's, and for who may make no deployments. */
export function AdoptItem({ row }: { row: Placed }): React.ReactNode {
  const navigate = useNavigate();
  const me = useMe();
  if (!adoptable(row.told) || !me.can.includes("deployment.adopt")) return null;
  return (
    <Menu.Item className={classes.item ?? ""} onClick={() => void navigate({ to: adoptPath(row.told) })}>
      Adopt…
    </Menu.Item>
  );
}
