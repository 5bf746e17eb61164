/** One resource of any type. */
import { useParams } from "@tanstack/react-router";
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
  if (!found)
    return ready ? <Missing what={type.title.toLowerCase()} /> : <ResourceSkeleton type={type} name={name} />;
  return <ResourcePage type={type} resource={found} tab={tab} />;
}
