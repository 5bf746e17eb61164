/** One of several kinds: which one, and its fields. What was typed for another kind comes back when it is chosen again. */
import { NativeSelect, SegmentedControl } from "@mantine/core";
import { useRef } from "react";
import classes from "../Form.module.css";
import { type Arm, armOf, type UnionField } from "../field";
import { labelId, useScope } from "../scope";
import { blankShape } from "../value";
import type { ControlProps } from "./control";
import { ShapeFields } from "./ObjectControl";

export function UnionControl({
  field,
  value,
  path,
  onChange,
  label,
}: ControlProps<UnionField>): React.ReactNode {
  const left = useRef(new Map<string, unknown>());
  const { stored } = useScope();
  const arm = armOf(field, value);
  const choose = (kind: string) => {
    const next = field.arms.find((each) => each.value === kind);
    if (!next) return;
    if (arm) left.current.set(arm.value, value);
    const before = stored(path);
    const known = armOf(field, before)?.value === kind ? before : blankShape(next);
    onChange(left.current.get(kind) ?? known);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div role="group" {...named(path, label)} className={classes.nested}>
      <Kinds arms={field.arms} path={path} label={label} value={arm?.value ?? ""} onChange={choose} />
      {arm && <ShapeFields key={arm.value} shape={arm} value={value} path={path} onChange={onChange} />}
    </div>
  );
}

/** In a row of a list it has a name of its own, elsewhere its label is beside it. */
function named(path: string, label: string | undefined) {
  return label === undefined ? { "aria-labelledby": labelId(path) } : { "aria-label": label };
}

/** More than these do not fit beside each other; in a cell of a row not even they do. */
const MANY = 6;

function Kinds(props: {
  arms: readonly Arm[];
  path: string;
  label: string | undefined;
  value: string;
  onChange(kind: string): void;
}): React.ReactNode {
  const { arms, path, label, value, onChange } = props;
  const shared = {
    className: classes.kinds ?? "",
    ...named(path, label),
    data: arms.map(({ value: kind, label }) => ({ value: kind, label })),
    value,
  };
  if (label !== undefined || arms.length > MANY)
    return <NativeSelect {...shared} onChange={(event) => onChange(event.currentTarget.value)} />;
  return <SegmentedControl {...shared} onChange={onChange} />;
}
