/** Here: which builds are made on a server. Pure. */
import type { Build, Resource } from "~/api/types";

export function builtOn<B extends Resource | Build>(builds: Iterable<B>, server: string): B[] {
  const found = [...builds].filter((build) => (build as Build).config.builder.server === server);
  return found.sort((a, b) => a.name.localeCompare(b.name));
}
