/** What is said of releases and of what differs. */
import type { Deployed, Difference } from "./useHistory";

/** What a release is compared with: first what runs, then the config, then the others. */
export function others(
  history: readonly Deployed[],
  release: Deployed,
): readonly { value: string; label: string }[] {
  const rest = history
    .filter((one) => one.release > 0 && one.release !== release.release)
    .sort((a, b) => Number(b.runs) - Number(a.runs));
  const choices = rest.map((one) => ({
    value: String(one.release),
    label: `release ${one.release}${one.runs ? ", which runs" : ""}`,
  }));
  const config = { value: "0", label: "the config as it is now" };
  return rest[0]?.runs ? [...choices.slice(0, 1), config, ...choices.slice(1)] : [config, ...choices];
}

/** JSON text of a value as a person reads it; nothing is a dash. */
export function readable(json: string): string {
  if (!json) return "—";
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "string" ? value : json;
  } catch {
    return json;
  }
}

type Patch = Record<string, unknown>;

/** What of the differences the config can say, as the fields of an update; the rest takes a person. */
export function takenOver(differences: readonly Difference[]): Patch {
  const patch: Patch = {};
  for (const { field, found } of differences) Object.assign(patch, FIELDS[field]?.(parsed(found)));
  return patch;
}

const FIELDS: Record<string, (found: unknown) => Patch> = {
  Name: (found) => ({ container_name: found }),
  "HostConfig.Memory": (found) => ({ memory: found ?? 0 }),
  "HostConfig.MemorySwap": (found) => ({ memory_swap: found ?? 0 }),
  "HostConfig.MemoryReservation": (found) => ({ memory_reservation: found ?? 0 }),
  "HostConfig.NanoCpus": (found) => ({ cpus: Number(found ?? 0) / 1e9 }),
  "HostConfig.CpuShares": (found) => ({ cpu_shares: found ?? 0 }),
  "HostConfig.CpusetCpus": (found) => ({ cpuset_cpus: found ?? "" }),
  "HostConfig.PidsLimit": (found) => ({ pids_limit: found ?? 0 }),
  "HostConfig.RestartPolicy": (found) => {
    const policy = (found ?? {}) as { Name?: string; MaximumRetryCount?: number };
    return { restart: policy.Name || "no", restart_max_retries: policy.MaximumRetryCount ?? 0 };
  },
};

function parsed(json: string): unknown {
  try {
    return json ? JSON.parse(json) : null;
  } catch {
    return null;
  }
}
