/** Activity: who did what, to what, and how it came out. */
import { useActivities } from "~/api/hooks";
import { PageTitle } from "~/app/Where";
import { Stream } from "~/kit/stream/Stream";
import { Tally } from "~/kit/Tally";

export function ActivityPage(): React.ReactNode {
  const { list } = useActivities();
  const running = list.filter((activity) => activity.state === "running").length;
  const waiting = list.filter((activity) => activity.state === "queued").length;
  return (
    <>
      <PageTitle title="Activity">
        <Tally
          counts={[
            ...(running ? [{ tone: "busy" as const, count: running, word: "running" }] : []),
            ...(waiting ? [{ tone: "off" as const, count: waiting, word: "waiting" }] : []),
          ]}
        />
      </PageTitle>
      <Stream />
    </>
  );
}
