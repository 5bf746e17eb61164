/** An environment as rows: of many, only those in sight are in the page, so that a thousand are as quick as ten. */

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useMemo, useRef } from "react";
import { parseEnv } from "../env";
import type { RowsField } from "../field";
import { idOf, isWithin } from "../path";
import { useScope } from "../scope";
import { pairWord } from "../words";
import classes from "./Env.module.css";
import { EnvRow, type RowActions } from "./EnvRow";
import { useKnownNames } from "./useKnownNames";
import type { Variable } from "./variables";

/** Up to here all rows are in the page and scroll with it. */
const FEW = 30;
/** Names offered while one is typed. */
const MOST = 200;

export function EnvRows(props: {
  field: RowsField;
  path: string;
  variables: readonly Variable[];
  stored: ReadonlySet<string> | undefined;
  find: string;
  onChange(variables: Variable[]): void;
  /** Pasted text that is more than one variable. */
  take(text: string, from: string): void;
}): React.ReactNode {
  const { path, variables, stored, find } = props;
  const list = useId();
  const known = useKnownNames(path);
  const box = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => matching(variables, find), [variables, find]);
  const few = shown.length <= FEW;
  const virtual = useVirtualizer({
    count: few ? 0 : shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => 34,
    overscan: 12,
    getItemKey: (at) => shown[at] ?? at,
  });
  const latest = useRef(props);
  latest.current = props;

  const focusRow = (index: number, part: "name" | "value") => {
    const at = shown.indexOf(index);
    if (at >= 0 && !few) virtual.scrollToIndex(at);
    requestAnimationFrame(() => document.getElementById(idOf(`${path}[${index}].${part}`))?.focus());
  };
  const focusLater = useRef(focusRow);
  focusLater.current = focusRow;

  const { reveal } = useScope();
  useEffect(() => {
    if (few || !reveal || !isWithin(reveal.path, path)) return;
    const index = Number(/^\[(\d+)\]/.exec(reveal.path.slice(path.length))?.[1]);
    if (!Number.isNaN(index)) virtual.scrollToIndex(index);
  }, [few, reveal, path, virtual]);

  const add = () => {
    const { variables: old, onChange } = latest.current;
    onChange([...old, { name: "", value: "" }]);
    requestAnimationFrame(() => focusLater.current(old.length, "name"));
  };
  const addLater = useRef(add);
  addLater.current = add;

  const actions = useMemo<RowActions>(
    () => ({
      change(index, patch) {
        const { variables: old, onChange, stored: secrets } = latest.current;
        onChange(old.map((one, at) => (at === index ? settled({ ...one, ...patch }, secrets, patch) : one)));
      },
      remove(index) {
        const { variables: old, onChange } = latest.current;
        onChange(old.filter((_, at) => at !== index));
        const near = Math.min(index, old.length - 2);
        if (near >= 0) requestAnimationFrame(() => focusLater.current(near, "name"));
      },
      next(index) {
        if (index + 1 < latest.current.variables.length) focusLater.current(index + 1, "name");
        else addLater.current();
      },
      paste(text) {
        const read = parseEnv(text);
        const several = read.pairs.length > 0 && /[\r\n]/.test(text.trim());
        if (!several && !(read.pairs.length === 1 && read.wrong.length === 0)) return false;
        latest.current.take(text, "Pasted");
        return true;
      },
    }),
    [],
  );

  const row = (index: number) => {
    const variable = variables[index];
    if (!variable) return null;
    return (
      <EnvRow
        field={props.field}
        path={`${path}[${index}]`}
        index={index}
        name={variable.name}
        value={variable.value}
        secret={stored !== undefined}
        stored={stored?.has(variable.name) ?? false}
        known={list}
        actions={actions}
      />
    );
  };

  return (
    <>
      <datalist id={list}>
        {known.slice(0, MOST).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div ref={box} className={classes.box} data-long={!few || undefined}>
        {few && shown.map((index) => <div key={index}>{row(index)}</div>)}
        {!few && (
          <div style={{ height: virtual.getTotalSize() }} className={classes.all}>
            {virtual.getVirtualItems().map((item) => (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={classes.place}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row(shown[item.index] ?? 0)}
              </div>
            ))}
          </div>
        )}
      </div>
      {find !== "" && shown.length === 0 && (
        <p className="faint small">Nothing is called or holds “{find}”.</p>
      )}
      <div className={classes.foot}>
        <Button onClick={add} leftSection={<IconPlus size={14} stroke={1.5} />}>
          Add {pairWord(props.field.label, stored !== undefined)}
        </Button>
        <span className="faint small">or paste, or drop a .env file here</span>
      </div>
    </>
  );
}

/** A secret whose name was changed to one that is not stored needs a value; back to a stored one, it is kept. */
function settled(one: Variable, stored: ReadonlySet<string> | undefined, patch: Partial<Variable>): Variable {
  if (!stored || patch.name === undefined) return one;
  if (one.value === null && !stored.has(one.name)) return { ...one, value: "" };
  return one.value === "" && stored.has(one.name) ? { ...one, value: null } : one;
}

/** Indices of the variables a search finds. */
function matching(variables: readonly Variable[], find: string): number[] {
  const all = variables.map((_, index) => index);
  const text = find.trim().toLowerCase();
  if (text === "") return all;
  return all.filter((index) => {
    const one = variables[index];
    return one && (one.name.toLowerCase().includes(text) || (one.value ?? "").toLowerCase().includes(text));
  });
}
