/** Parts of a time: of the day, on which days of the week, by whose clock. */
import { Chip, Select, TextInput } from "@mantine/core";
import { useMemo } from "react";
import { idOf } from "~/kit/form/path";
import classes from "./times.module.css";

const DAYS: readonly [string, string, string][] = [
  ["mon", "Mo", "Monday"],
  ["tue", "Tu", "Tuesday"],
  ["wed", "We", "Wednesday"],
  ["thu", "Th", "Thursday"],
  ["fri", "Fr", "Friday"],
  ["sat", "Sa", "Saturday"],
  ["sun", "Su", "Sunday"],
];

export function Time(props: {
  path: string;
  label: string;
  value: unknown;
  onChange(value: string): void;
}): React.ReactNode {
  return (
    <TextInput
      id={idOf(props.path)}
      className={classes.time}
      type="time"
      required
      aria-label={props.label}
      value={typeof props.value === "string" ? props.value : ""}
      onChange={(event) => event.currentTarget.value && props.onChange(event.currentTarget.value)}
    />
  );
}

export function Days(props: {
  label: string;
  value: unknown;
  onChange(value: string[]): void;
}): React.ReactNode {
  const chosen = Array.isArray(props.value) ? props.value.map(String) : [];
  const change = (day: string, on: boolean) => {
    const next = DAYS.map(([each]) => each).filter((each) => (each === day ? on : chosen.includes(each)));
    if (next.length > 0) props.onChange(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div role="group" aria-label={props.label} className={classes.chips}>
      {DAYS.map(([day, short, name]) => (
        <Chip
          key={day}
          size="xs"
          aria-label={name}
          checked={chosen.includes(day)}
          onChange={(on) => change(day, on)}
        >
          {short}
        </Chip>
      ))}
    </div>
  );
}

export function Zone(props: {
  path: string;
  value: unknown;
  error?: boolean;
  onChange(value: string): void;
}): React.ReactNode {
  const zone = typeof props.value === "string" ? props.value : "UTC";
  const zones = useMemo(() => [...new Set(["UTC", zone, ...Intl.supportedValuesOf("timeZone")])], [zone]);
  return (
    <Select
      id={idOf(props.path)}
      className={classes.zone}
      aria-label="Time zone"
      data={zones}
      value={zone}
      error={props.error}
      onChange={(chosen) => chosen && props.onChange(chosen)}
      searchable
      allowDeselect={false}
      limit={60}
      maxDropdownHeight={320}
      nothingFoundMessage="No time zone is called so"
      comboboxProps={{ shadow: "md" }}
    />
  );
}
