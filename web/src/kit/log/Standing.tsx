/** Standing: how far a search on the server is, or why a log does not go on, with the way out. */
import { timeOf } from "~/kit/output/clock";
import { count, plural } from "~/kit/units";
import { type Asked, wrongTime } from "./asked";
import classes from "./Log.module.css";
import type { LogSource } from "./useContainerLog";

export function Standing(props: {
  source: LogSource;
  asked: Asked;
  onAgain(): void;
  onEnd(): void;
}): React.ReactNode {
  const { source, asked } = props;
  const broken = source.state === "broken";
  const wrong = Object.values(wrongTime(asked))[0];
  if (!asked.wanted && !broken && !wrong) return null;
  return (
    <div
      className={classes.standing}
      data-tone={broken || wrong || source.progress?.stopped ? "warn" : undefined}
    >
      <span role="status" className="cut">
        {wrong ?? (broken ? reasonOf(source) : asked.wanted ? progress(source) : "")}
      </span>
      <span className="grow" />
      {broken && (
        <button type="button" className={classes.act} onClick={props.onAgain}>
          Try again
        </button>
      )}
      {asked.wanted && (
        <button type="button" className={classes.act} onClick={props.onEnd}>
          Back to the log
        </button>
      )}
    </div>
  );
}

/** Where nothing has come, the reason stands in the place of the lines. */
function reasonOf({ problem, lines }: LogSource): string {
  if (lines.end === 0) return "";
  return [problem?.detail ?? "The log broke off", problem?.hint].filter(Boolean).join(" ");
}

function progress({ progress, state }: LogSource): string {
  if (!progress)
    return state === "open" ? "Searching…" : "No line was looked at: this part of the log is empty";
  const reached = progress.reached ? timeOf(Date.parse(progress.reached), "long") : "";
  const found = `${count(progress.found ?? 0)} of ${plural(progress.searched ?? 0, "line")}`;
  if (state === "open") return `Searching… ${found}, up to ${reached}`;
  if (progress.stopped)
    return `${found} found up to ${reached || "the first lines"}, and no further: ${progress.stopped}`;
  return `${found} found`;
}
