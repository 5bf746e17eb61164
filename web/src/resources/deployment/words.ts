/** What a deployment runs and should run, in words. */
import type { Deployment } from "~/api/types";

/** Name of its server, as far as the viewer may see it. */
export function serverName(deployment: Deployment): string {
  return deployment.names[deployment.config.server] ?? "";
}

/** What runs now (`api:1.4.2`), else what a deploy would take. */
export function version(deployment: Deployment): string {
  return deployment.status.image || deployment.info.image || wanted(deployment);
}

/** What the config asks for: an image, or a build's version. */
export function wanted(deployment: Deployment): string {
  const { image } = deployment.config;
  if (image.kind === "image") return image.image;
  return `${deployment.names[image.build] ?? "a build"}:${image.version || "latest"}`;
}

/** `api:1.4.2` of `registry.example.org:5000/team/api:1.4.2`; digests shortened. */
export function shortImage(image: string): string {
  const [name = "", digest] = image.split("@");
  const last = name.slice(name.lastIndexOf("/") + 1);
  return digest ? `${last}@${digest.slice(0, 15)}…` : last;
}
