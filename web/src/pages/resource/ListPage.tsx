/** The list of any resource type. */
import { useParams } from "@tanstack/react-router";
import { useTypes } from "~/api/hooks";
import { Missing } from "~/app/Missing";
import { ResourceList } from "~/kit/resource/ResourceList";

export function ListPage(): React.ReactNode {
  const { plural } = useParams({ strict: false });
  const type = useTypes().find((each) => each.plural === plural);
  return type ? <ResourceList key={type.name} type={type} /> : <Missing />;
}
