/** Connection: a word in the top bar while all is well, a thin bar over the page when it is not. */
import { useLink } from "~/api/hooks";
import { Shape } from "~/kit/State";
import { clock, useNowText } from "~/kit/time";
import classes from "./ConnectionBar.module.css";

const WORD = { live: "Live", connecting: "Connecting", lost: "No connection" };
const TONE = { live: "ok", connecting: "busy", lost: "bad" } as const;

export function LiveState(): React.ReactNode {
  const { state } = useLink();
  return (
    <span
      className={classes.live}
      data-live={state}
      title={state === "live" ? "Changes arrive as they happen" : undefined}
    >
      <Shape tone={TONE[state]} />
      <span className={classes.word}>{WORD[state]}</span>
    </span>
  );
}

export function ConnectionBar(): React.ReactNode {
  const link = useLink();
  return (
    <div role="status" aria-live="polite">
      {link.state === "lost" && <Lost since={link.since} retry={link.retry} />}
    </div>
  );
}

function Lost({ since, retry }: { since: number; retry: () => void }): React.ReactNode {
  const age = useNowText((now) => clock((now - since) / 1000));
  return (
    <div className={classes.bar}>
      <Shape tone="bad" />
      <span>
        Core has not answered for <span aria-hidden="true">{age}</span>. What you see is as it was then;
        trying again.
      </span>
      <button type="button" className="link" onClick={retry}>
        Try now
      </button>
    </div>
  );
}
