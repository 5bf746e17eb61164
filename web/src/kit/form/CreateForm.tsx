/** Being written. */
import type { Resource, TypeInfo } from "~/api/types";
import type { ResourceUi } from "~/resources/ui";

export function CreateForm(props: {
  type: TypeInfo;
  overrides?: ResourceUi["fields"];
  onCreated: (made: Resource) => void;
}): React.ReactNode {
  return <div>{props.type.name}</div>;
}
