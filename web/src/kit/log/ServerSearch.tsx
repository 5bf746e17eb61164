/** ServerSearch: a text or pattern looked for in all of the log, where it lies. */
import { ActionIcon, Select, TextInput, Tooltip } from "@mantine/core";
import { IconLetterCase, IconRegex, IconServerBolt, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { Wanted } from "./asked";
import classes from "./Log.module.css";

const NONE: Wanted = { text: "", regex: false, matchCase: false, context: 0 };

export function ServerSearch({
  wanted,
  onSearch,
}: {
  /** What is searched for now. */
  wanted: Wanted | undefined;
  onSearch(wanted: Wanted | undefined): void;
}): React.ReactNode {
  const [typed, setTyped] = useState<Wanted>(wanted ?? NONE);
  const change = (part: Partial<Wanted>) => {
    const next = { ...typed, ...part };
    setTyped(next);
    // What is shown follows its switches at once, its text only with Enter: each search reads the whole log.
    if (wanted && part.text === undefined) onSearch(next);
  };
  const end = () => {
    setTyped({ ...typed, text: "" });
    onSearch(undefined);
  };
  return (
    <search className={classes.search}>
      <TextInput
        size="xs"
        className={classes.query}
        aria-label="Search the log on its server"
        placeholder="Search on the server"
        title="Enter searches all of this part of the log"
        leftSection={<IconServerBolt size={14} stroke={1.5} aria-hidden="true" />}
        rightSection={
          (typed.text !== "" || wanted) && (
            <ActionIcon aria-label="End the search" size={22} onClick={end}>
              <IconX size={14} stroke={1.5} />
            </ActionIcon>
          )
        }
        value={typed.text}
        maxLength={1000}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === "Enter") onSearch(typed.text === "" ? undefined : typed);
          if (event.key === "Escape" && wanted) end();
        }}
      />
      <Switch label="Match case" on={typed.matchCase} onChange={(matchCase) => change({ matchCase })}>
        <IconLetterCase size={14} stroke={1.5} />
      </Switch>
      <Switch label="Regular expression" on={typed.regex} onChange={(regex) => change({ regex })}>
        <IconRegex size={14} stroke={1.5} />
      </Switch>
      <Select
        aria-label="Lines around each that is found"
        size="xs"
        className={classes.around}
        allowDeselect={false}
        data={["0", "2", "5", "20"].map((value) => ({ value, label: `± ${value}` }))}
        value={String(typed.context)}
        onChange={(value) => change({ context: Number(value) })}
      />
    </search>
  );
}

function Switch(props: {
  label: string;
  on: boolean;
  onChange(on: boolean): void;
  children: React.ReactNode;
}): React.ReactNode {
  return (
    <Tooltip label={props.label}>
      <ActionIcon
        aria-label={`${props.label} on the server`}
        aria-pressed={props.on}
        variant={props.on ? "light" : "subtle"}
        color={props.on ? "violet" : "gray"}
        onClick={() => props.onChange(!props.on)}
      >
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}
