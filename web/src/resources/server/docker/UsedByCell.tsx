/** UsedByCell: what uses a thing, deployments and builds as links, and how much more one may not see. */
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import type { Column } from "~/kit/list/column";
import classes from "./docker.module.css";
import { type Used, type UsedBy, usersOf } from "./things";

export function UsedByCell({ thing, most = 2 }: { thing: Used; most?: number }): React.ReactNode {
  const { used_by: users, others } = thing;
  if (users.length === 0 && others === 0) return <span className="faint">nothing</span>;
  const rest = users.length - most;
  return (
    <span className="cut" title={usersOf(thing)}>
      {users.slice(0, most).map((user, index) => (
        <Fragment key={`${user.type}${user.id}`}>
          {index > 0 && ", "}
          <User user={user} />
        </Fragment>
      ))}
      {rest > 0 && <span className="faint"> and {rest} more</span>}
      {others > 0 && (
        <span className="faint">
          {users.length > 0 && " and "}
          {others} you may not see
        </span>
      )}
    </span>
  );
}

export function UsedByList({ thing }: { thing: Used }): React.ReactNode {
  if (thing.used_by.length === 0 && thing.others === 0) return <span className="faint">nothing</span>;
  return (
    <ul className={classes.users}>
      {thing.used_by.map((user) => (
        <li key={`${user.type}${user.id}`}>
          <span className="faint">{user.type}</span> <User user={user} />
        </li>
      ))}
      {thing.others > 0 && <li className="faint">{thing.others} you may not see</li>}
    </ul>
  );
}

function User({ user }: { user: UsedBy }): React.ReactNode {
  if (user.type === "container") return <bdi>{user.name}</bdi>;
  return (
    <Link className="link" to={`/${user.type}s/${user.name}`}>
      {user.name}
    </Link>
  );
}

/** The column of every such list. */
export function usedByColumn<T extends Used>(width: number): Column<T> {
  return {
    id: "used_by",
    label: "Used by",
    value: (thing) => usersOf(thing) || null,
    render: (thing) => <UsedByCell thing={thing} />,
    width,
    priority: 2,
    phone: "detail",
  };
}
