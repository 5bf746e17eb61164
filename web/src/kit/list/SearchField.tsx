/** SearchField: finds rows by their words; `/` comes here, Escape empties it and leaves. */
import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import type { RefObject } from "react";
import classes from "./Tools.module.css";

export function SearchField(props: {
  field: RefObject<HTMLInputElement | null>;
  label: string;
  hint: string;
  typed: string;
  onType(text: string): void;
  /** On to the rows. */
  onDown(): void;
  phone: boolean;
}): React.ReactNode {
  const { typed, onType } = props;
  return (
    <TextInput
      ref={props.field}
      className={classes.search}
      classNames={{ input: classes.input, section: classes.section }}
      type="search"
      size="xs"
      placeholder={props.hint}
      aria-label={props.label}
      autoComplete="off"
      spellCheck={false}
      leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
      rightSection={props.phone || typed ? undefined : <kbd>/</kbd>}
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          if (typed) onType("");
          else event.currentTarget.blur();
        } else if (event.key === "ArrowDown" || event.key === "Enter") {
          event.preventDefault();
          props.onDown();
        }
      }}
    />
  );
}
