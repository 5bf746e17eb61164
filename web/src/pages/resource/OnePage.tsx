/** One resource of any type. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useResource, useTypes } from "~/api/hooks";
import type { TypeInfo } from "~/api/types";
import { Missing } from "~/app/Missing";
import { ResourcePage } from "~/kit/resource/ResourcePage";
import { ResourceSkeleton } from "~/kit/resource/ResourceSkeleton";

export function OnePage(): React.ReactNode {
  const { plural, name = "", tab } = useParams({ strict: false });
  const type = useTypes().find((each) => each.plural === plural);
  return type ? <One key={`${type.name}/${name}`} type={type} name={name} tab={tab} /> : <Missing />;
}

function One({
  type,
  name,
  tab,
}: {
  type: TypeInfo;
  name: string;
  tab: string | undefined;
}): React.ReactNode {
  const { found, ready } = useResource(type.name, name);
  useRenamed(type, found?.id, tab);
  if (!found)
    return ready ? <Missing what={type.title.toLowerCase()} /> : <ResourceSkeleton type={type} name={name} />;
  return <ResourcePage type={type} resource={found} tab={tab} />;
}

/** Follow it to its new name: the page is found by that. */
function useRenamed(type: TypeInfo, id: string | undefined, tab: string | undefined): void {
  const navigate = useNavigate();
  const known = useRef(id);
  if (id) known.current = id;
  const { found } = useResource(type.name, known.current ?? "");
  const to = !id && found ? `/${type.plural}/${found.name}${tab ? `/${tab}` : ""}` : undefined;
  useEffect(() => {
    if (to) void navigate({ to, replace: true, ignoreBlocker: true });
  }, [to, navigate]);
}
