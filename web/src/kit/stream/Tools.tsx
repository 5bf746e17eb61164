/** Tools: the row above the stream: its filters, how much of it there is, the way out as a table. */
import { ActionIcon, Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMe } from "~/api/hooks";
import { usePhone } from "~/kit/list/usePhone";
import { count } from "~/kit/units";
import type { Choices } from "./choices";
import { FilterPill } from "./FilterPill";
import classes from "./Stream.module.css";
import type { Filters } from "./stream";
import type { FilterName } from "./useFilters";

const LABELS: Record<FilterName, string> = {
  state: "State",
  type: "Type",
  operation: "Operation",
  user: "Person",
  resource: "Resource",
};

export function Tools(props: {
  filters: Filters;
  names: readonly FilterName[];
  choices: Choices;
  onFilter(name: FilterName, value: string | undefined): void;
  /** Undefined before anything has come. */
  loaded: number | undefined;
  /** Undefined where it counts no more than what is loaded. */
  total: number | undefined;
  onExport(): void;
}): React.ReactNode {
  const phone = usePhone();
  return (
    <div className={classes.tools}>
      <div className={classes.filters} role="group" aria-label="Filters">
        {props.names.map((name) => (
          <FilterPill
            key={name}
            label={LABELS[name]}
            choices={props.choices[name]}
            value={props.filters[name]}
            onChange={(value) => props.onFilter(name, value)}
          />
        ))}
      </div>
      <div className={classes.end}>
        <span className={classes.count} role="status">
          {props.loaded !== undefined &&
            (props.total === undefined
              ? `${count(props.loaded)} loaded`
              : `${count(props.loaded)} of ${count(props.total)}`)}
        </span>
        {phone ? (
          <ActionIcon size={40} variant="default" aria-label="Export as CSV" onClick={props.onExport}>
            <IconDownload size={18} stroke={1.5} />
          </ActionIcon>
        ) : (
          <Button
            leftSection={<IconDownload size={14} stroke={1.5} aria-hidden="true" />}
            title="What is loaded, as a table"
            onClick={props.onExport}
          >
            Export CSV
          </Button>
        )}
      </div>
    </div>
  );
}

/** Whether `total` counts all: core looks through the whole record for admins only. */
export function useCountsAll(): boolean {
  return useMe().user.admin;
}
