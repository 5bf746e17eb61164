/** A build's source and result, in words. */
import type { Build } from "~/api/types";
import type { Known } from "../ui";

export const buildOf = (known: Known): Build => known.resource as unknown as Build;

/** `acme/admin` of `https://git.example.com/acme/admin.git`. */
export function repository(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/]*\//i, "").replace(/^[^/:]*:/, "");
  return path.replace(/\.git$/, "").replace(/\/+$/, "") || url;
}

/** Where it comes from, short; a Dockerfile written in Monitor comes from nowhere else. */
export function sourceName(build: Build): string {
  const { source, written } = build.config;
  if (source) return repository(source.url);
  return written.trim() ? "its own Dockerfile" : "no source yet";
}

/** `main@976fe6e`: the commit built last and the branch it is of, which need not be the build's own. */
export function revision(build: Build): string {
  if (!build.config.source) return "";
  const { branch, tag, commit } = build.config.source;
  const built = build.info.commit.slice(0, 7);
  const asked =
    (built && build.info.branch) || branch || tag || (commit ? commit.slice(0, 7) : "default branch");
  return built && built !== asked ? `${asked}@${built}` : asked;
}

/** Name of the server it builds on, as far as the viewer may see it. */
export function builderName(build: Build): string {
  return build.names[build.config.builder.server] ?? "";
}
