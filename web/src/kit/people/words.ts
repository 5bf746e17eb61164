/** What levels, rights and host powers mean, in the words people are told (docs/permissions.md). */
import type { Grant } from "~/api/types";

export type Level = Grant["level"];
export type Right = Grant["rights"][number];
export type Power = Grant["powers"][number];

export const LEVELS: readonly { value: Level; label: string; help: string }[] = [
  { value: "none", label: "None", help: "It does not exist, as far as this person can tell." },
  { value: "read", label: "Read", help: "See its state and whatever its owner may see of it." },
  {
    value: "execute",
    label: "Execute",
    help: "Repeat what is stored: run a build, deploy, start, stop, restart.",
  },
  {
    value: "write",
    label: "Write",
    help: "Change its config, and with that run any code in that container and use every secret it names.",
  },
];

interface RightWords {
  value: Right;
  label: string;
  help: string;
  /** Only where it means something: on a whole type, on servers, … */
  on: (type: string, whole: boolean) => boolean;
}

/** Rights that later versions use are not offered, but kept where they are held. */
export const RIGHTS: readonly RightWords[] = [
  { value: "create", label: "Create", help: "Add one of this type.", on: (_, whole) => whole },
  {
    value: "logs",
    label: "Logs",
    help: "Read and follow what a container writes.",
    on: (type) => type === "deployment",
  },
  {
    value: "unmanaged",
    label: "Unmanaged containers",
    help: "See containers on the server that belong to no deployment.",
    on: (type) => type === "server",
  },
  {
    value: "manage",
    label: "Manage permissions",
    help: "Give others levels and rights on it, up to one’s own.",
    on: () => true,
  },
];

export const POWERS: readonly { value: Power; label: string; help: string }[] = [
  { value: "privileged", label: "Privileged", help: "A privileged container." },
  { value: "bind", label: "Bind mounts", help: "A folder of the host inside the container." },
  {
    value: "namespaces",
    label: "Host namespaces",
    help: "The host’s or another container’s network, PID, IPC, user.",
  },
  { value: "devices", label: "Devices", help: "Devices and GPUs." },
  { value: "capabilities", label: "Capabilities", help: "Added capabilities." },
  { value: "security", label: "Security options", help: "Security options, unmasked paths." },
  { value: "sysctls", label: "Sysctls", help: "Kernel parameters." },
  { value: "runtime", label: "Runtime", help: "Another container runtime." },
  { value: "cgroup", label: "Cgroup parent", help: "A cgroup parent of its own choice." },
  { value: "volumes_from", label: "Volumes from", help: "Another container’s volumes." },
  { value: "raw", label: "Raw options", help: "Any option of the Engine that Monitor does not know." },
];

/** `Execute · logs, manage permissions`. */
export function grantWords(grant: Pick<Grant, "level" | "rights" | "powers">): string {
  const level = LEVELS.find((each) => each.value === grant.level)?.label ?? grant.level;
  const rights = grant.rights.map((right) => labelOf(RIGHTS, right));
  const powers = grant.powers.map((power) => labelOf(POWERS, power));
  const more = [...rights, ...powers].map((word) => word.toLowerCase()).join(", ");
  return more ? `${level} · ${more}` : level;
}

function labelOf(words: readonly { value: string; label: string }[], value: string): string {
  return words.find((each) => each.value === value)?.label ?? value;
}
