/** Where a resource is, in the top bar: its type's list and its name. */
import { Link } from "@tanstack/react-router";
import type { TypeInfo } from "~/api/types";
import { capital } from "~/app/nav";
import { Where } from "~/app/Where";

export function ResourceWhere({ type, name }: { type: TypeInfo; name: string }): React.ReactNode {
  return (
    <Where title={name}>
      <Link to={`/${type.plural}`}>{capital(type.plural)}</Link>
      <span className="faint">/</span>
      <b className="cut" style={{ color: "var(--text)" }} title={name}>
        {name}
      </b>
    </Where>
  );
}
