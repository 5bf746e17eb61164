/** Hidden: that there are more containers than the viewer may see, and which right shows them. */
import { plural } from "~/kit/units";
import classes from "./Hidden.module.css";

export function Hidden({ count }: { count: number }): React.ReactNode {
  if (count === 0) return null;
  return (
    <p className={classes.hidden}>
      {plural(count, "more container")} {count === 1 ? "is" : "are"} not shown:{" "}
      {count === 1 ? "it belongs" : "they belong"} to no deployment you may read. The right{" "}
      <b className="strong">unmanaged</b> on this server shows them.
    </p>
  );
}
