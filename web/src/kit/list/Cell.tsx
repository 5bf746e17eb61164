/** Cell: one fact of a row; long ones are cut and whole on hover. */
import { type Column, textOf } from "./column";

export function cellOf<T>(column: Column<T>, item: T): React.ReactNode {
  if (column.render) return column.render(item);
  const text = textOf(column, item);
  if (text === "") return <span className="faint">—</span>;
  return (
    <span className="cut" title={text} dir="auto">
      {text}
    </span>
  );
}
