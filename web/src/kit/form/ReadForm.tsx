/** The config for who may read but not change it: values, calmly, in the form's own layout. */
import { Link } from "@tanstack/react-router";
import { type ComponentType, useMemo } from "react";
import { useTypes } from "~/api/hooks";
import type { Resource, TypeInfo } from "~/api/types";
import type { ReadProps, ResourceUi } from "~/resources/ui";
import { linesOf } from "../diff/configLines";
import { Panel } from "../Panel";
import { byteRate, bytes } from "../units";
import classes from "./Form.module.css";
import { armOf, type Field, isObject, type Json, optionWord } from "./field";
import { formFields, valuesOf } from "./formFields";
import { Help } from "./NestedField";
import read from "./Read.module.css";
import { useUnits } from "./useUnits";

export function ReadForm(props: {
  type: TypeInfo;
  resource: Resource;
  /** The type's own views of single fields. */
  reads?: ResourceUi["reads"];
}): React.ReactNode {
  const { type, resource, reads } = props;
  const fields = useMemo(() => formFields(type), [type]);
  const values = valuesOf(fields, resource);
  const groups = useUnits(type, fields.groups, values);
  return (
    <div className={classes.layout}>
      <div className={classes.groups}>
        {groups.map((group) => (
          <Panel key={group.title} title={group.title}>
            <dl>
              {group.fields.map(({ field, path }) => (
                <div key={path} className={classes.row} data-field={path}>
                  <dt className={classes.about}>
                    <span className={classes.label}>{field.label}</span>
                    {field.help && (
                      <span className={classes.help}>
                        <Help text={field.help} />
                      </span>
                    )}
                  </dt>
                  <dd className={read.value} dir="auto">
                    {field.kind === "secret" && !resource.secrets?.includes(field.name) ? (
                      <span className="faint">None set</span>
                    ) : (
                      <Read
                        View={reads?.[field.name]}
                        field={field}
                        value={values[path]}
                        names={resource.names}
                      />
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </Panel>
        ))}
      </div>
    </div>
  );
}

function Read({ View, ...shown }: Shown & { View: ComponentType<ReadProps> | undefined }): React.ReactNode {
  const told = View && typeof shown.value === "string" ? shown.value.trim() !== "" : View !== undefined;
  return View && told ? <View value={shown.value} label={shown.field.label} /> : <Value {...shown} />;
}

interface Shown {
  field: Field;
  value: unknown;
  names: Record<string, string>;
}

function Value({ field, value, names }: Shown): React.ReactNode {
  switch (field.kind) {
    case "boolean":
      return value ? "On" : "Off";
    case "reference":
      return <Named type={field.type} id={String(value ?? "")} names={names} />;
    case "text":
      return <Plain text={String(value ?? "")} />;
    case "enum":
      return <Plain text={optionWord(field, value ?? "")} />;
    case "number":
      return <Plain text={typeof value === "number" ? inUnits(value, field.unit) : ""} />;
    case "secret":
      return <span className="faint">•••••••• hidden</span>;
    case "object":
      return <Inside fields={field.fields} value={value} names={names} />;
    case "union":
      return <Inside fields={armOf(field, value)?.fields ?? []} value={value} names={names} />;
    default:
      return <Lines field={field} value={value} names={names} />;
  }
}

function inUnits(value: number, unit: string): string {
  if (value > 0 && unit === "bytes") return bytes(value);
  if (value > 0 && unit === "bytes/s") return byteRate(value);
  return unit === "%" ? `${value}%` : `${value} ${unit}`;
}

/** The name of another resource, as a link to it. */
function Named(props: { type: string; id: string; names: Record<string, string> }): React.ReactNode {
  const plural = useTypes().find((type) => type.name === props.type)?.plural;
  const name = props.names[props.id];
  if (!name || !plural) return <Plain text={name ?? props.id} />;
  return (
    <Link to={`/${plural}/${name}`} className="link">
      {name}
    </Link>
  );
}

/** The fields of an object that say something. */
function Inside(props: {
  fields: readonly Field[];
  value: unknown;
  names: Record<string, string>;
}): React.ReactNode {
  const value: Json = isObject(props.value) ? props.value : {};
  const told = props.fields.filter(({ name }) => value[name] !== "" && value[name] !== null);
  return told.map((field) => (
    <span key={field.name} className={read.inside}>
      {told.length > 1 && <span className="muted">{field.label}</span>}
      <Value field={field} value={value[field.name]} names={props.names} />
    </span>
  ));
}

function Plain({ text }: { text: string }): React.ReactNode {
  return text.trim() ? text : <span className="faint">—</span>;
}

function Lines({ field, value, names }: Shown): React.ReactNode {
  if (Array.isArray(value) && value.length === 0) return <Plain text="" />;
  if (field.name === "tags" && Array.isArray(value)) return value.join(", ");
  return (
    <span className={read.lines}>
      {linesOf([field], { [field.name]: value }, names).map((line) => (
        <span key={line.key}>
          {line.text.replace(`${field.name} = `, "")}
          {line.secret && <span className="faint">•••••••• hidden</span>}
        </span>
      ))}
    </span>
  );
}
