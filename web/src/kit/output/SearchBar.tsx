/** SearchBar: text or pattern, how often it stands in the output, and the way from match to match. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconRegex, IconX } from "@tabler/icons-react";
import { count } from "~/kit/units";
import classes from "./SearchBar.module.css";
import type { Searching } from "./useSearch";

export function SearchBar({ search, onClose }: { search: Searching; onClose(): void }): React.ReactNode {
  const { query, ask, step } = search;
  const none = query.text !== "" && !search.busy && search.total === 0;
  return (
    <search className={classes.search}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it was asked for with a key or a click
        autoFocus
        className={classes.query}
        aria-label="Search in output"
        aria-invalid={search.wrong !== "" || none}
        placeholder={query.regex ? "Pattern" : "Search in output"}
        value={query.text}
        onChange={(event) => ask({ ...query, text: event.currentTarget.value })}
        spellCheck={false}
        autoComplete="off"
      />
      <span className={classes.count} role="status">
        {summary(search)}
      </span>
      <Tooltip label="Regular expression">
        <ActionIcon
          aria-label="Regular expression"
          aria-pressed={query.regex}
          variant={query.regex ? "light" : "subtle"}
          color={query.regex ? "violet" : "gray"}
          onClick={() => ask({ ...query, regex: !query.regex })}
        >
          <IconRegex size={14} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <ActionIcon aria-label="Match before" disabled={search.total === 0} onClick={() => step(-1)}>
        <IconChevronUp size={14} stroke={1.5} />
      </ActionIcon>
      <ActionIcon aria-label="Next match" disabled={search.total === 0} onClick={() => step(1)}>
        <IconChevronDown size={14} stroke={1.5} />
      </ActionIcon>
      <ActionIcon aria-label="Close the search" onClick={onClose}>
        <IconX size={14} stroke={1.5} />
      </ActionIcon>
    </search>
  );
}

function summary(search: Searching): string {
  if (search.query.text === "") return "";
  if (search.wrong) return "Not a pattern";
  const total = `${count(search.total)}${search.busy ? "…" : ""}`;
  if (search.total === 0) return search.busy ? "…" : "No match";
  return search.ordinal > 0 ? `${count(search.ordinal)} of ${total}` : total;
}
