/** Waiting: rows in their later places while the record is asked for. */
import { Skeleton } from "@mantine/core";
import classes from "./Stream.module.css";

const WIDTHS = [64, 40, 72, 52, 80, 46, 60, 70, 44, 66, 58, 76];

export function Waiting({ phone }: { phone: boolean }): React.ReactNode {
  return (
    <div role="status" aria-label="Loading activity">
      {WIDTHS.map((width, index) => (
        <div key={index} className={classes.skeleton} data-phone={phone || undefined}>
          <Skeleton height={10} width={10} radius="xl" />
          {!phone && <Skeleton height={10} width={54} />}
          <Skeleton height={10} width={`${width}%`} />
          {!phone && <Skeleton height={10} width={`${100 - width}%`} />}
        </div>
      ))}
    </div>
  );
}
