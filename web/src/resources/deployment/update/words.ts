/** What is known of a newer image of a deployment, in words. */
import type { Deployment } from "~/api/types";

export type Update = NonNullable<Deployment["status"]["update"]>;

export function updateOf(deployment: Deployment): Update | undefined {
  return deployment.status.update ?? undefined;
}

/** One word for a list. */
export function updateWord(deployment: Deployment): string {
  const update = updateOf(deployment);
  if (!update) return "";
  if (update.state === "none" && isPinned(deployment)) return "Pinned";
  return { available: "Available", none: "Up to date", unknown: "Unknown" }[update.state];
}

/** Its config names one version for good, or one digest. */
function isPinned({ config: { image } }: Deployment): boolean {
  return image.kind === "build" ? Boolean(image.version) : image.image.includes("@");
}

/** `sha256:0123456789ab` of a digest; a version as it is. */
export function shortNewest(name: string): string {
  const [kind, digest] = name.split(":");
  return digest && digest.length > 12 ? `${kind}:${digest.slice(0, 12)}` : name;
}

/** A link an image names, where it is one that may be followed. */
export function safeLink(source: string): string | undefined {
  try {
    const url = new URL(source);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** When it updates by itself: `daily at 03:00 UTC, for 60 min`; undefined where it does not. */
export function ruleWords({ config }: Deployment): string | undefined {
  const rule = config.auto_update;
  if (!rule || rule.kind === "off") return undefined;
  const days = rule.kind === "weekly" ? rule.days.join(", ") : "daily";
  return `${days} at ${rule.start ?? "03:00"} ${rule.zone ?? "UTC"}, for ${rule.minutes ?? 60} min`;
}
