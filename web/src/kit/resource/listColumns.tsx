/** Columns of a resource list: state and name, then the type's own ones, else those it declares. */
import type { TypeInfo } from "~/api/types";
import { AlertSign } from "~/kit/alert/AlertSign";
import type { Column, Slot } from "~/kit/list/column";
import { rankOf, type Standing, State } from "~/kit/State";
import type { Known, ResourceUi } from "~/resources/ui";
import { partOf } from "./listKinds";
import { lastOf } from "./listPath";

export function listColumns(
  type: TypeInfo,
  ui: ResourceUi,
  standing: (known: Known) => Standing,
  types: readonly TypeInfo[],
): Column<Known>[] {
  const own = ui.columns ?? declared(type, types);
  const has = (id: string) => own.some((column) => column.id === id);
  return [...(has("state") ? [] : [stateColumn(standing)]), ...(has("name") ? [] : [NAME]), ...own];
}

/** Worst first; the reason on hover, as far as it is known. */
function stateColumn(standing: (known: Known) => Standing): Column<Known> {
  return {
    id: "state",
    label: "State",
    width: "140px",
    priority: 0,
    descending: true,
    phone: "shape",
    value: (known) => -rankOf(standing(known)),
    text: (known) => `${standing(known).word} ${standing(known).reason ?? ""}`,
    render: (known) => {
      const { tone, word, reason, alert } = standing(known);
      return (
        <span className="row" title={reason ? `${word}: ${reason}` : undefined}>
          <State tone={tone} word={word} />
          <AlertSign sign={alert} />
        </span>
      );
    },
  };
}

const NAME: Column<Known> = {
  id: "name",
  label: "Name",
  width: 1.4,
  priority: 0,
  phone: "name",
  value: ({ resource }) => resource.name,
};

/** Where the first of the declared columns stand on a phone. */
const SLOTS: readonly Slot[] = ["detail", "figure", "figure2"];

/** Those the type declares, and its tags. */
function declared(type: TypeInfo, types: readonly TypeInfo[]): Column<Known>[] {
  const columns: readonly { path: string; label: string; kind?: string }[] = type.columns;
  const told = columns.filter(({ path }) => path !== "status.state" && path !== "name");
  const all = [...told, { path: "tags", label: "Tags", kind: "tags" }];
  return all.map(({ path, label, kind = "text" }, index) => {
    const phone = index < told.length ? SLOTS[index] : undefined;
    return {
      id: lastOf(path),
      label,
      ...partOf(kind, path, types),
      ...(phone && { phone }),
      ...(phone && phone !== "detail" && kind !== "time" && { short: label }),
    };
  });
}
