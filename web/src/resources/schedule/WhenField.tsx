/** When: a cron expression, usual ones to choose from, whose clock it goes by, and what comes of it. */
import { Button, Input } from "@mantine/core";
import { FieldError } from "~/kit/form/FieldError";
import { isObject } from "~/kit/form/field";
import { idOf } from "~/kit/form/path";
import { labelId, useReport } from "~/kit/form/scope";
import { Zone } from "~/kit/form/times/parts";
import type { FieldProps } from "../ui";
import classes from "./schedule.module.css";
import { Upcoming, usePreview } from "./Upcoming";

const USUAL: readonly { label: string; cron: string }[] = [
  { label: "Hourly", cron: "0 * * * *" },
  { label: "Each night", cron: "0 3 * * *" },
  { label: "Weekdays", cron: "0 3 * * 1-5" },
  { label: "Sundays", cron: "0 3 * * 0" },
  { label: "Monthly", cron: "0 3 1 * *" },
];

export function WhenField({ value, onChange, path }: FieldProps): React.ReactNode {
  const { cron, zone } = whenOf(value);
  const preview = usePreview(cron, zone);
  const { wrong } = preview;
  useReport(`${path}.${wrong?.field ?? "cron"}`, wrong?.message);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div role="group" aria-labelledby={labelId(path)} className={classes.field}>
      <div className={classes.usual}>
        {USUAL.map((each) => (
          <Button
            key={each.cron}
            size="compact-sm"
            aria-pressed={each.cron === cron}
            onClick={() => onChange({ cron: each.cron, zone })}
          >
            {each.label}
          </Button>
        ))}
      </div>
      <Input
        id={idOf(`${path}.cron`)}
        className="mono"
        aria-label="Cron expression"
        value={cron}
        error={wrong?.field === "cron"}
        onChange={(event) => onChange({ cron: event.currentTarget.value, zone })}
        autoComplete="off"
        spellCheck={false}
      />
      <FieldError path={`${path}.cron`} />
      <Zone
        path={`${path}.zone`}
        value={zone}
        error={wrong?.field === "zone"}
        onChange={(chosen) => onChange({ cron, zone: chosen })}
      />
      <FieldError path={`${path}.zone`} />
      <Upcoming preview={preview} zone={zone} />
    </div>
  );
}

function whenOf(value: unknown): { cron: string; zone: string } {
  const { cron, zone } = isObject(value) ? value : {};
  return { cron: typeof cron === "string" ? cron : "", zone: typeof zone === "string" ? zone : "UTC" };
}
