/** Times: relative on screen, exact on hover, in the viewer's zone; one clock for the whole page. */
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function listen(told: () => void): () => void {
  listeners.add(told);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, 1000);
  }
  return () => {
    listeners.delete(told);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** A text made from the time, rendered anew only when the text changes. */
export function useNowText(make: (now: number) => string): string {
  return useSyncExternalStore(listen, () => make(now));
}

/** `0:38`, `12:05`, `1:02:05` since an instant (or between two), counting on. */
export function Elapsed({ since, until }: { since: string; until?: string | null }): React.ReactNode {
  const begun = Date.parse(since);
  return useNowText((at) => clock(((until ? Date.parse(until) : at) - begun) / 1000));
}

/** `now`, `4 min`, `2 h`, `6 d`; the exact time on hover. */
export function Ago({
  at,
  suffix = "",
}: {
  at: string | null | undefined;
  suffix?: string;
}): React.ReactNode {
  const instant = at ? Date.parse(at) : Number.NaN;
  const text = useNowText((time) => (Number.isNaN(instant) ? "" : ago((time - instant) / 1000)));
  if (!at) return <span className="faint">—</span>;
  return (
    <time dateTime={at} title={exact(at)}>
      {text}
      {text === "now" ? "" : suffix}
    </time>
  );
}

/** Seconds as an age. */
export function ago(seconds: number): string {
  if (seconds < 5) return "now";
  return span(seconds);
}

/** `12 s`, `4 min`, `2 h`, `6 d`. */
export function span(seconds: number): string {
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

/** How long something took: `0.2 s`, `41 s`, `1 min 12 s`, `2 h 5 min`. */
export function took(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 ? ` ${whole % 60} s` : ""}`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ""}`;
}

/** `0:38`, `1:02:05`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return whole < 3600 ? rest.replace(/^0/, "") : `${Math.floor(whole / 3600)}:${rest}`;
}

/** The exact time in the viewer's zone. */
export function exact(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" });
}

/** `21:04:12` in the viewer's zone. */
export function timeOfDay(at: string): string {
  return new Date(at).toLocaleTimeString(undefined, { hour12: false });
}
