/** Area: the last half hour of a figure as the ground of a cell; stretched to its width, gaps as gaps. */
import { stretches } from "~/kit/chart/stretches";
import classes from "./Area.module.css";

const HEIGHT = 100;

/** Values of 0 to 100. */
export function Area({ values }: { values: readonly (number | null)[] }): React.ReactNode {
  const path = stretches(values, values).map(([from, to]) => {
    const points = values.slice(from, to).map((value, i) => `${from + i} ${HEIGHT - (value ?? 0)}`);
    return `M${from} ${HEIGHT}L${points.join("L")}L${to - 1} ${HEIGHT}Z`;
  });
  return (
    <svg
      className={classes.area}
      viewBox={`0 0 ${Math.max(1, values.length - 1)} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={path.join("")} />
    </svg>
  );
}
