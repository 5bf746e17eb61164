/** useSeconds: the time, once a second, while something runs. */
import { useNowText } from "~/kit/time";

/** Milliseconds since the epoch; renders again each second only while `running`. */
export function useSeconds(running: boolean): number {
  return Number(useNowText((now) => (running ? String(now) : "0"))) || Date.now();
}
