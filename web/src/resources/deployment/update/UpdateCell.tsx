/** UpdateCell: whether there is a newer image, in one cell of a list. */
import type { Deployment } from "~/api/types";
import classes from "./update.module.css";
import { updateOf, updateWord } from "./words";

export function UpdateCell({ deployment }: { deployment: Deployment }): React.ReactNode {
  const update = updateOf(deployment);
  if (!update) return <span className="faint">—</span>;
  const title = update.auto ? `${update.reason} Automatic update ${update.auto}`.trim() : update.reason;
  if (update.state !== "available")
    return (
      <span className="faint cut" title={title}>
        {updateWord(deployment)}
      </span>
    );
  return (
    <span className={`${classes.chip} cut`} title={title || "There is a newer image"}>
      {updateWord(deployment)}
    </span>
  );
}
