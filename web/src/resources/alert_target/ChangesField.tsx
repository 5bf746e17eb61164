/** Changes: what of an alert a target is told, all to be seen at once. */
import { Chip } from "@mantine/core";
import { labelId } from "~/kit/form/scope";
import classes from "~/kit/form/times/times.module.css";
import type { FieldProps } from "../ui";

const WORDS: readonly [string, string][] = [
  ["opened", "Opened"],
  ["worse", "Worse"],
  ["better", "Better"],
  ["repeated", "Repeated"],
  ["flapping", "Comes and goes"],
  ["resolved", "Resolved"],
];

export function ChangesField({ value, onChange, path }: FieldProps): React.ReactNode {
  const chosen = Array.isArray(value) ? value.map(String) : [];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div role="group" aria-labelledby={labelId(path)} className={classes.chips}>
      {WORDS.map(([change, word]) => (
        <Chip
          key={change}
          size="xs"
          checked={chosen.includes(change)}
          onChange={(on) =>
            onChange(
              WORDS.map(([each]) => each).filter((each) => (each === change ? on : chosen.includes(each))),
            )
          }
        >
          {word}
        </Chip>
      ))}
    </div>
  );
}
