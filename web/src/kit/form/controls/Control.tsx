/** The control for a field of any kind. */
import { BooleanControl } from "./BooleanControl";
import type { ControlProps } from "./control";
import { EnumControl } from "./EnumControl";
import { JsonControl } from "./JsonControl";
import { ListControl } from "./ListControl";
import { NumberControl } from "./NumberControl";
import { ObjectControl } from "./ObjectControl";
import { ReferenceControl } from "./ReferenceControl";
import { SecretControl } from "./SecretControl";
import { TextControl } from "./TextControl";
import { UnionControl } from "./UnionControl";

export function Control({ field, ...rest }: ControlProps): React.ReactNode {
  switch (field.kind) {
    case "text":
      return <TextControl field={field} {...rest} />;
    case "secret":
      return <SecretControl field={field} {...rest} />;
    case "number":
      return <NumberControl field={field} {...rest} />;
    case "boolean":
      return <BooleanControl field={field} {...rest} />;
    case "enum":
      return <EnumControl field={field} {...rest} />;
    case "reference":
      return <ReferenceControl field={field} {...rest} />;
    case "scalars":
    case "rows":
      return <ListControl field={field} {...rest} />;
    case "object":
      return <ObjectControl field={field} {...rest} />;
    case "union":
      return <UnionControl field={field} {...rest} />;
    case "json":
      return <JsonControl field={field} {...rest} />;
  }
}
