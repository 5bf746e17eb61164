/** List: the one grammar of every list: search, filters, sort, columns, keyboard, choosing many, state in the URL. */
import { BatchBar } from "./BatchBar";
import { Content } from "./Content";
import classes from "./List.module.css";
import { PhoneTools } from "./PhoneTools";
import type { ListProps } from "./props";
import { Tools } from "./Tools";
import { type ListModel, NO_CHIPS, useList } from "./useList";

export function List<T extends object>(props: ListProps<T>): React.ReactNode {
  const model = useList(props);
  const { phone, bare, selection, rows } = model;
  const chosen = selection.ids.size;
  return (
    <section
      ref={model.root}
      className={classes.list}
      aria-label={props.name}
      data-inline={props.inline || undefined}
    >
      {!bare && <Top model={model} />}
      <div className={classes.panel}>
        <Content model={model} />
      </div>
      {props.batch && chosen > 0 && (
        <BatchBar
          label={props.selectionLabel?.(chosen) ?? `${chosen} selected`}
          chosen={chosen}
          actions={props.batch(model.chosen)}
          phone={phone}
          onClear={model.clear}
        />
      )}
      {phone && props.primary && chosen === 0 && rows.length > 0 && (
        <div className={classes.primary}>{props.primary}</div>
      )}
    </section>
  );
}

function Top<T extends object>({ model }: { model: ListModel<T> }): React.ReactNode {
  const { props, view, change, phone, cursor } = model;
  const tools = {
    name: props.name,
    field: model.field,
    hint: props.searchHint,
    typed: model.typed,
    onType: model.type,
    onDown: () => cursor.to(0),
    shown: props.ready ? model.rows.length : undefined,
    total: model.total,
    lostAt: model.lostAt,
    columns: props.columns,
    visible: model.visible,
    columnsChosen: view.columns !== undefined,
    onColumns: (ids: string[] | undefined) => change({ columns: ids }),
    primary: props.primary,
    looks: props.looks,
    pictured: props.picture !== undefined,
    chips: props.chips ?? NO_CHIPS,
    counts: model.counts,
    filters: view.filters,
    onFilters: (filters: typeof view.filters) => change({ filters }),
  };
  if (!phone) return <Tools {...tools} />;
  return (
    <PhoneTools
      {...tools}
      sort={model.sort}
      onSort={(sort) => change({ sort })}
      choosing={model.choosable ? model.choosing : undefined}
      onChoosing={(on) => (on ? model.choose(true) : model.clear())}
    />
  );
}
