/** How a server stands, in one word: the worst of what is known decides. */
import type { Standing, Tone } from "~/kit/State";
import { isDockerSilent, type ServerResource } from "./model";

/** Percent from which a figure is worth a word. */
const DISK_HIGH = 90;
const DISK_FULL = 97;
const LOAD_HIGH = 95;

export function serverStanding(server: ServerResource): Standing {
  const { state, reason } = server.status;
  if (state === "disabled") return { tone: "off", word: "Disabled" };
  if (state === "waiting") return withReason("off", "Waiting to join", reason);
  if (state === "down") return withReason("bad", "Down", reason);
  if (isDockerSilent(server)) return withReason("bad", "Docker silent", reason);
  return usageStanding(server) ?? { tone: "ok", word: "Ok" };
}

function usageStanding({ status }: ServerResource): Standing | undefined {
  const disk = diskTone(status.disk);
  if (disk)
    return withReason(disk, "Disk high", status.fullest && `${status.fullest} is ${status.disk}% full`);
  if (loadTone(status.memory)) return { tone: "warn", word: "Memory high" };
  if (loadTone(status.cpu)) return { tone: "warn", word: "CPU high" };
  return undefined;
}

/** Of a file system's percent; undefined while there is room. */
export function diskTone(percent: number | null | undefined): Tone | undefined {
  if (percent === null || percent === undefined || percent < DISK_HIGH) return undefined;
  return percent >= DISK_FULL ? "bad" : "warn";
}

/** Of the percent of CPU or memory. */
export function loadTone(percent: number | null | undefined): Tone | undefined {
  return percent !== null && percent !== undefined && percent >= LOAD_HIGH ? "warn" : undefined;
}

function withReason(tone: Tone, word: string, reason: string): Standing {
  return reason ? { tone, word, reason } : { tone, word };
}
