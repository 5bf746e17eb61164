/** OrderChoice: in which order the cells of the fleet stand, since a picture has no head to click on. */
import { NativeSelect } from "@mantine/core";
import type { Sort } from "~/kit/list/view";
import type { Measure } from "./measures";

const STATE = "state";
const NAME = "name";
const HIGHEST = "highest";
const OTHER = "other";

export function OrderChoice(props: {
  measure: Measure;
  sort: Sort;
  onSort(sort: Sort): void;
  phone: boolean;
}): React.ReactNode {
  const { measure, sort, onSort, phone } = props;
  const order = orderOf(sort, measure);
  const choices = [
    { value: STATE, label: "Worst first" },
    { value: NAME, label: "By name" },
    { value: HIGHEST, label: "Highest first" },
    ...(order === OTHER ? [{ value: OTHER, label: "As in the list" }] : []),
  ];
  return (
    <NativeSelect
      aria-label="Order"
      size={phone ? "md" : "xs"}
      data={choices}
      value={order}
      onChange={(event) => {
        const to = event.currentTarget.value;
        if (to === STATE) onSort({ column: STATE, down: true });
        if (to === NAME) onSort({ column: NAME, down: false });
        if (to === HIGHEST) onSort({ column: measure.id, down: true });
      }}
    />
  );
}

function orderOf({ column, down }: Sort, measure: Measure): string {
  if (column === STATE && down) return STATE;
  if (column === NAME && !down) return NAME;
  return column === measure.id && down ? HIGHEST : OTHER;
}
