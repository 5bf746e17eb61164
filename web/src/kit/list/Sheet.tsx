/** Sheet: filters and order of a list on a phone, from the bottom, within the thumb's reach. */
import { Button, Drawer, NativeSelect, SegmentedControl } from "@mantine/core";
import { type Chip, isValueChip, switched, valuesOf } from "./chip";
import type { PhoneToolsProps } from "./PhoneTools";
import classes from "./Sheet.module.css";

const NONE: ReadonlyMap<string, number> = new Map();

export function Sheet<T>(props: PhoneToolsProps<T> & { opened: boolean; onClose(): void }): React.ReactNode {
  const { chips, filters, onFilters, sort, onSort, shown } = props;
  const tests = chips.filter((chip) => !isValueChip(chip));
  return (
    <Drawer.Root
      opened={props.opened}
      onClose={props.onClose}
      position="bottom"
      size="auto"
      lockScroll={false}
    >
      <Drawer.Overlay />
      <Drawer.Content aria-label="Filter and sort" className={classes.content ?? ""}>
        <Drawer.Body className={classes.body ?? ""}>
          <div className={classes.head}>
            <h2>Filter and sort</h2>
            <Drawer.CloseButton aria-label="Close" size={40} iconSize={20} />
          </div>
          <div className={classes.sort}>
            <NativeSelect
              label="Sort by"
              size="md"
              value={sort.column}
              data={props.columns.map((column) => ({ value: column.id, label: column.label }))}
              onChange={(event) => {
                const id = event.currentTarget.value;
                const column = props.columns.find((each) => each.id === id);
                onSort({ column: id, down: column?.descending ?? false });
              }}
            />
            <SegmentedControl
              size="md"
              aria-label="Direction"
              value={sort.down ? "down" : "up"}
              data={[
                { value: "up", label: "↑ Up" },
                { value: "down", label: "↓ Down" },
              ]}
              onChange={(way) => onSort({ ...sort, down: way === "down" })}
            />
          </div>
          {tests.length > 0 && (
            <fieldset className={classes.set}>
              <legend>Only</legend>
              {tests.map((chip) => (
                <Toggle
                  key={chip.id}
                  on={filters.some((filter) => filter.chip === chip.id)}
                  count={props.counts.get(chip.id)?.get("") ?? 0}
                  onSwitch={() => onFilters(switched(filters, chip.id))}
                >
                  {chip.label}
                </Toggle>
              ))}
            </fieldset>
          )}
          {chips.map((chip) => (
            <Values key={chip.id} chip={chip} {...props} />
          ))}
          <div className={classes.foot}>
            <Button variant="default" size="md" disabled={filters.length === 0} onClick={() => onFilters([])}>
              Clear filters
            </Button>
            <Button variant="filled" size="md" onClick={props.onClose}>
              Show {shown}
            </Button>
          </div>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Values<T>({
  chip,
  counts,
  filters,
  onFilters,
}: Pick<PhoneToolsProps<T>, "counts" | "filters" | "onFilters"> & { chip: Chip<T> }): React.ReactNode {
  if (!isValueChip(chip)) return null;
  const chosen = filters.find((filter) => filter.chip === chip.id)?.values ?? [];
  const own = counts.get(chip.id) ?? NONE;
  const values = valuesOf(chip, own, chosen);
  if (values.length === 0) return null;
  return (
    <fieldset className={classes.set}>
      <legend>{chip.label}</legend>
      {values.map((value) => (
        <Toggle
          key={value}
          on={chosen.includes(value)}
          count={own.get(value) ?? 0}
          onSwitch={() => onFilters(switched(filters, chip.id, value))}
        >
          {chip.show?.(value) ?? value}
        </Toggle>
      ))}
    </fieldset>
  );
}

function Toggle(props: {
  on: boolean;
  count: number;
  onSwitch(): void;
  children: React.ReactNode;
}): React.ReactNode {
  return (
    <button type="button" className={classes.toggle} aria-pressed={props.on} onClick={props.onSwitch}>
      <span className="cut" dir="auto">
        {props.children}
      </span>
      <span className="faint tiny">{props.count}</span>
    </button>
  );
}
