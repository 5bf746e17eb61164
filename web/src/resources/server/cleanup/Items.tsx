/** Items: things of a host under the heading of their kind, each with its reason and size. */
import { bytes } from "~/kit/units";
import classes from "./cleanup.module.css";
import { byKind, type Item, kindTitle } from "./words";

export function Items({ items, label }: { items: readonly Item[]; label: string }): React.ReactNode {
  return byKind(items).map(({ kind, items: all }) => (
    <section key={kind} className={classes.group} aria-label={`${label}: ${kindTitle(kind)}`}>
      <h3 className="small strong">
        {kindTitle(kind)} <span className="faint">{all.length}</span>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable */}
      <ul className={classes.items} tabIndex={0} aria-label={`${kindTitle(kind)}, ${label}`}>
        {all.map((item) => (
          <li key={`${item.id}${item.name}`}>
            <bdi className="mono" title={item.id || undefined}>
              {item.name}
            </bdi>
            <span className="muted">{item.why}</span>
            <span className={classes.size}>{item.bytes > 0 ? bytes(item.bytes) : "—"}</span>
          </li>
        ))}
      </ul>
    </section>
  ));
}
