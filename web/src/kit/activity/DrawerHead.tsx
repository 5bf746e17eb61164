/** DrawerHead: what it is, how it stands, who asked, how long it takes, how far it is. */
import { IconDownload, IconX } from "@tabler/icons-react";
import { isOpen, useServers, useTypes } from "~/api/hooks";
import { Problem } from "~/api/http";
import type { Activity } from "~/api/types";
import { useDrawer } from "~/app/drawer";
import { CopyLink } from "~/kit/CopyLink";
import { download, wholeOutput } from "~/kit/output/download";
import { State } from "~/kit/State";
import { clock, Elapsed, exact, timeOfDay } from "~/kit/time";
import { toast } from "~/kit/toast";
import classes from "./DrawerHead.module.css";
import { secondsOf } from "./detail";
import { IconAction } from "./IconAction";
import { Progress } from "./Progress";
import { segments } from "./progress";
import { activityStanding } from "./standing";
import { activityTitle, whoOf } from "./title";
import { turnWords } from "./turn";
import { useActivity, useExpected, useServerName } from "./useActivity";
import { useSeconds } from "./useSeconds";

export function DrawerHead(props: { activity: Activity; title: string; onClose(): void }): React.ReactNode {
  const { activity, title } = props;
  const standing = activityStanding(activity);
  const server = useServers().items.get(activity.server)?.name;
  const place = turnWords(activity, useServerName());
  const began = activity.started ?? activity.created;
  return (
    <div className={classes.head}>
      <div className={classes.titles}>
        <h2 className="cut" title={title} tabIndex={-1} data-autofocus>
          {title}
        </h2>
        <CopyLink />
        {activity.steps.length > 0 && (
          <IconAction
            label="Download the output"
            icon={IconDownload}
            onClick={() => void save(activity, title)}
          />
        )}
        <IconAction label="Close" icon={IconX} onClick={props.onClose} />
      </div>
      <div className={classes.facts}>
        <span className={classes.fact}>
          <State tone={standing.tone} word={standing.word} />
        </span>
        {server && activity.what?.id !== activity.server && <span className={classes.fact}>{server}</span>}
        {place && <span className={classes.fact}>{place}</span>}
        <span className={classes.fact}>by {whoOf(activity)}</span>
        {activity.parent && <PartOf id={activity.parent} />}
        <time className={classes.fact} dateTime={began} title={exact(began)}>
          {activity.started ? "started" : "asked"} {startedAt(began)}
        </time>
        <span className={classes.elapsed}>
          {isOpen(activity) ? <Elapsed since={began} /> : length(activity)}
        </span>
      </div>
      <Steps activity={activity} />
      <span className="unseen" role="status">
        {title}: {standing.word}
      </span>
    </div>
  );
}

/** What had it run, as far as that may be seen. */
function PartOf({ id }: { id: string }): React.ReactNode {
  const { activity } = useActivity(id);
  const types = useTypes();
  const { open } = useDrawer();
  if (!activity) return null;
  return (
    <span className={classes.fact}>
      {activity.operation === "build.run" ? "after" : "part of"}{" "}
      <button type="button" className="link" onClick={() => open(id)}>
        {activityTitle(activity, types)}
      </button>
    </span>
  );
}

function Steps({ activity }: { activity: Activity }): React.ReactNode {
  const parts = segments(activity, useExpected(activity), useSeconds(isOpen(activity)));
  if (parts.length === 0 && !isOpen(activity)) return null;
  return <Progress activity={activity} parts={parts} />;
}

/** The time of day; with the date where that was not today. */
function startedAt(at: string): string {
  const date = new Date(at);
  if (date.toDateString() === new Date().toDateString()) return timeOfDay(at);
  return `${date.toLocaleDateString(undefined, { day: "numeric", month: "short" })} ${timeOfDay(at)}`;
}

function length(activity: Activity): string {
  const seconds = secondsOf(activity);
  if (seconds < 0.05) return "";
  return seconds < 10 ? `${seconds.toFixed(1)} s` : clock(seconds);
}

async function save(activity: Activity, title: string): Promise<void> {
  try {
    download(`${title}.log`, await wholeOutput(activity.id));
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    toast.problem(failure, { title: "The output was not downloaded" });
  }
}
