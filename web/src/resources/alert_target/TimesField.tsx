/** Times: when a target is active, quiet hours and the digest, each read like a sentence. */
import { SegmentedControl, Switch } from "@mantine/core";
import { FieldError } from "~/kit/form/FieldError";
import { isObject, type Json } from "~/kit/form/field";
import { labelId } from "~/kit/form/scope";
import { Days, Time, Zone } from "~/kit/form/times/parts";
import classes from "~/kit/form/times/times.module.css";
import { ownZone } from "../schedule/words";
import type { FieldProps } from "../ui";

const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

interface Kind {
  value: string;
  label: string;
  blank(): Json;
}

export function ActiveField(props: FieldProps): React.ReactNode {
  const kinds = [
    { value: "always", label: "Always", blank: () => ({}) },
    { value: "only", label: "Only at these times", blank: () => span("08:00", "18:00", WEEK.slice(0, 5)) },
  ];
  return (
    <Kinds {...props} kinds={kinds}>
      {(times) => <Span path={props.path} value={times} onChange={props.onChange} />}
    </Kinds>
  );
}

export function QuietField(props: FieldProps): React.ReactNode {
  const kinds = [
    { value: "off", label: "None", blank: () => ({}) },
    {
      value: "hours",
      label: "At these times",
      blank: () => ({ ...span("22:00", "07:00", WEEK), critical_passes: true }),
    },
  ];
  return (
    <Kinds {...props} kinds={kinds}>
      {(times) => (
        <>
          <Span path={props.path} value={times} onChange={props.onChange} />
          <Switch
            label="What is critical is sent at once all the same"
            checked={times.critical_passes === true}
            onChange={(event) => props.onChange({ ...times, critical_passes: event.currentTarget.checked })}
          />
        </>
      )}
    </Kinds>
  );
}

export function DigestField(props: FieldProps): React.ReactNode {
  const kinds = [
    { value: "off", label: "None", blank: () => ({}) },
    { value: "daily", label: "Every day", blank: () => ({ at: "08:00", zone: ownZone(), only: false }) },
  ];
  return (
    <Kinds {...props} kinds={kinds}>
      {(times) => (
        <>
          <div className={classes.sentence}>
            <span>at</span>
            <Time
              path={`${props.path}.at`}
              label="Digest at"
              value={times.at}
              onChange={(at) => props.onChange({ ...times, at })}
            />
            <Zone
              path={`${props.path}.zone`}
              value={times.zone}
              onChange={(zone) => props.onChange({ ...times, zone })}
            />
          </div>
          <Switch
            label="Send nothing else here"
            checked={times.only === true}
            onChange={(event) => props.onChange({ ...times, only: event.currentTarget.checked })}
          />
        </>
      )}
    </Kinds>
  );
}

function Kinds(
  props: FieldProps & { kinds: readonly Kind[]; children(times: Json): React.ReactNode },
): React.ReactNode {
  const { value, onChange, path, kinds } = props;
  const times: Json = isObject(value) ? value : {};
  const kind = typeof times.kind === "string" ? times.kind : (kinds[0]?.value ?? "");
  const choose = (next: string) => {
    const chosen = kinds.find((each) => each.value === next);
    if (chosen && next !== kind) onChange({ kind: next, ...chosen.blank() });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div role="group" aria-labelledby={labelId(path)} className={classes.field}>
      <SegmentedControl
        className={classes.kinds}
        aria-labelledby={labelId(path)}
        data={kinds.map(({ value: each, label }) => ({ value: each, label }))}
        value={kind}
        onChange={choose}
      />
      {kind !== kinds[0]?.value && props.children(times)}
    </div>
  );
}

function Span(props: { path: string; value: Json; onChange(value: Json): void }): React.ReactNode {
  const { path, value, onChange } = props;
  return (
    <>
      <div className={classes.sentence}>
        <span>from</span>
        <Time
          path={`${path}.start`}
          label="From"
          value={value.start}
          onChange={(start) => onChange({ ...value, start })}
        />
        <span>to</span>
        <Time
          path={`${path}.end`}
          label="To"
          value={value.end}
          onChange={(end) => onChange({ ...value, end })}
        />
        <Zone path={`${path}.zone`} value={value.zone} onChange={(zone) => onChange({ ...value, zone })} />
      </div>
      <FieldError path={`${path}.zone`} />
      <Days
        label="Days on which it begins"
        value={value.days}
        onChange={(days) => onChange({ ...value, days })}
      />
    </>
  );
}

function span(start: string, end: string, days: readonly string[]): Json {
  return { start, end, days: [...days], zone: ownZone() };
}
