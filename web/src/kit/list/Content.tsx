/** Content: the rows of a list, or why there are none. */
import { Notice } from "~/kit/Notice";
import { exact } from "~/kit/time";
import { Grid } from "./Grid";
import classes from "./List.module.css";
import { Broken, NoMatch } from "./Nothing";
import type { ListModel } from "./useList";
import { Waiting } from "./Waiting";

export function Content<T extends object>({ model }: { model: ListModel<T> }): React.ReactNode {
  const { props, rows, total, phone, choosable } = model;
  const { name, problem, stale } = props;
  if (!problem && !props.ready)
    return <Waiting columns={model.visible} phone={phone} choosable={choosable} />;
  if (problem || rows.length === 0)
    return (
      <div className={classes.notice}>
        {problem ? (
          <Broken name={name} problem={problem} retry={props.retry ?? (() => location.reload())} />
        ) : total === 0 ? (
          <Notice {...props.empty} />
        ) : (
          <NoMatch name={name} total={total} clear={() => showAll(model)} />
        )}
      </div>
    );

  if (props.picture)
    return props.picture({
      rows,
      sort: model.sort,
      onSort: (sort) => model.change({ sort }),
      leave: model.settle,
    });
  const { selection, order } = model;
  const { ids } = selection;
  return (
    <Grid
      root={model.root}
      scroller={model.scroller}
      label={name}
      lost={model.lostAt !== undefined}
      entries={model.entries}
      columns={phone ? props.columns : model.visible}
      phone={phone}
      cursor={model.cursor}
      selected={choosable ? ids : undefined}
      floating={ids.size > 0 || (phone && props.primary !== undefined)}
      acts={{
        open: model.open,
        fold: model.fold,
        choose: (id, range) => (range ? selection.range(order, id) : selection.toggle(id)),
        choosable,
        choosing: model.choosing,
      }}
      groupBy={props.groupBy}
      href={props.href}
      standing={props.standing}
      changed={props.changed}
      stale={stale && ((item) => staleText(stale(item)))}
      rowMenu={props.rowMenu}
      begin={model.place.begin.top}
      sort={model.sort}
      onSort={(sort) => model.change({ sort })}
      chosen={ids.size === 0 ? "none" : ids.size === rows.length ? "all" : "some"}
      onAll={() => selection.toggleAll(order)}
      onScrolled={(top) => model.place.keep({ top })}
      onPointed={model.point}
    />
  );
}

function showAll<T extends object>({ type, change }: ListModel<T>): void {
  type("");
  change({ q: "", filters: [] });
}

function staleText(since: string | null | undefined): string | undefined {
  return since ? `As it was at ${exact(since)}` : undefined;
}
