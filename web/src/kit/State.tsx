/** State: colour, shape and word together, readable without any one of them. */
import classes from "./State.module.css";

export type Tone = "ok" | "warn" | "bad" | "busy" | "off";

/** How a thing stands: its tone and its word ("Unhealthy", "Running"). */
export interface Standing {
  tone: Tone;
  word: string;
  /** Why, where it is known. */
  reason?: string;
  /** The worst alert that is open on it. */
  alert?: Sign;
}

/** What a thing is alerted of, in short. */
export interface Sign {
  /** Id of the worst alert. */
  alert: string;
  tone: "warn" | "bad";
  /** Why it waits for nobody now; empty where it does. */
  calm: string;
  /** How many are open. */
  count: number;
}

export function State({
  tone,
  word,
  hideWord = false,
}: {
  tone: Tone;
  word: string;
  hideWord?: boolean;
}): React.ReactNode {
  return (
    <span className={classes.state} data-state={tone} title={hideWord ? word : undefined}>
      <Shape tone={tone} />
      <span className={hideWord ? "unseen" : "cut"}>{word}</span>
    </span>
  );
}

/** The shape alone: for places where the word stands elsewhere. */
export function Shape({ tone, size = 12 }: { tone: Tone; size?: number }): React.ReactNode {
  return (
    <svg
      className={classes.shape}
      data-tone={tone}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden="true"
    >
      {SHAPES[tone]}
    </svg>
  );
}

const SHAPES: Record<Tone, React.ReactNode> = {
  ok: <circle cx="6" cy="6" r="3.6" />,
  warn: <path d="M6 1.4 11 10.4H1z" />,
  bad: <path d="M6 .8 11.2 6 6 11.2.8 6z" />,
  busy: <path d="M10.2 6A4.2 4.2 0 1 1 6 1.8" />,
  off: <circle cx="6" cy="6" r="3.8" />,
};

const WEIGHT: Record<Tone, number> = { bad: 0, warn: 1, busy: 2, off: 3, ok: 4 };

/** Worst first. */
export function byTone(a: Tone, b: Tone): number {
  return WEIGHT[a] - WEIGHT[b];
}

/** Its tone, or that of an alert that waits for somebody, where that is worse. */
export function worstTone({ tone, alert }: Standing): Tone {
  return alert && !alert.calm && byTone(alert.tone, tone) < 0 ? alert.tone : tone;
}

/**
 * Goes up with what can wait: what does not work before what is alerted of as badly, and what has an alert that
 * somebody has in hands before what is well.
 */
export function rankOf(standing: Standing): number {
  const { tone, alert } = standing;
  const worst = worstTone(standing);
  if (worst !== tone) return 10 * WEIGHT[worst] + 5;
  return tone === "ok" && alert ? 10 * WEIGHT.off + 5 : 10 * WEIGHT[tone];
}
