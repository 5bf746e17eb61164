/** QueueRows: what runs of one line, and behind it what waits, numbered in the order of its turn. */
import type { Activity } from "~/api/types";
import { QueueRow } from "./QueueRow";

export function QueueRows({
  line,
}: {
  line: { running: readonly Activity[]; waiting: readonly Activity[] };
}): React.ReactNode {
  return (
    <ol>
      {line.running.map((activity) => (
        <QueueRow key={activity.id} activity={activity} place={undefined} />
      ))}
      {line.waiting.map((activity, index) => (
        <QueueRow key={activity.id} activity={activity} place={index + 1} />
      ))}
    </ol>
  );
}
