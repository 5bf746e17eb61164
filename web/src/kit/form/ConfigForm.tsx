/** Being written. */
import type { Resource, TypeInfo } from "~/api/types";
import type { ResourceUi } from "~/resources/ui";

export function ConfigForm(props: {
  type: TypeInfo;
  resource: Resource;
  overrides?: ResourceUi["fields"];
}): React.ReactNode {
  return <pre>{JSON.stringify(props.resource.config, null, 2)}</pre>;
}
