/** When: once, every day or on some days of the week, from when and how long, read like a sentence. */
import { NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import { FieldError } from "~/kit/form/FieldError";
import { isObject, type Json } from "~/kit/form/field";
import { idOf } from "~/kit/form/path";
import { labelId } from "~/kit/form/scope";
import { Days, Time, Zone } from "~/kit/form/times/parts";
import classes from "~/kit/form/times/times.module.css";
import { dayOf } from "~/kit/stream/days";
import type { FieldProps } from "../ui";

const KINDS = [
  { value: "once", label: "Once" },
  { value: "daily", label: "Every day" },
  { value: "weekly", label: "On days of the week" },
];

export function WhenField({ value, onChange, path }: FieldProps): React.ReactNode {
  const when: Json = isObject(value) ? value : {};
  const kind = String(when.kind ?? "weekly");
  const set = (part: Json) => onChange({ ...when, ...part });
  const choose = (next: string) => {
    const { day: _, days: __, ...rest } = when;
    const more =
      next === "once" ? { day: dayOf(new Date().toISOString()) } : next === "weekly" ? { days: ["sun"] } : {};
    onChange({ ...rest, kind: next, ...more });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div role="group" aria-labelledby={labelId(path)} className={classes.field}>
      <SegmentedControl
        className={classes.kinds}
        aria-labelledby={labelId(path)}
        data={KINDS}
        value={kind}
        onChange={choose}
      />
      <div className={classes.sentence}>
        {kind === "once" && (
          <TextInput
            id={idOf(`${path}.day`)}
            type="date"
            required
            aria-label="Day"
            value={String(when.day ?? "")}
            onChange={(event) => event.currentTarget.value && set({ day: event.currentTarget.value })}
          />
        )}
        <span>from</span>
        <Time
          path={`${path}.start`}
          label="Begins at"
          value={when.start}
          onChange={(start) => set({ start })}
        />
        <span>for</span>
        <NumberInput
          id={idOf(`${path}.minutes`)}
          className={classes.time}
          aria-label="Minutes"
          min={5}
          max={10080}
          step={30}
          suffix=" min"
          value={typeof when.minutes === "number" ? when.minutes : 120}
          onChange={(minutes) => typeof minutes === "number" && set({ minutes })}
        />
        <Zone path={`${path}.zone`} value={when.zone} onChange={(zone) => set({ zone })} />
      </div>
      {["day", "start", "minutes", "zone"].map((part) => (
        <FieldError key={part} path={`${path}.${part}`} />
      ))}
      {kind === "weekly" && (
        <Days label="Days on which it begins" value={when.days} onChange={(days) => set({ days })} />
      )}
    </div>
  );
}
