/** Create: a new server with a join token for it, in one go. */
import { ask, Problem } from "~/api/http";
import { asServer, type ServerResource } from "~/resources/server/model";
import { issueToken } from "./useJoin";

/** The new server, with a join token for it kept in this tab. */
export async function createServer(
  name: string,
  tags: string[] = [],
  description = "",
): Promise<ServerResource> {
  const body = { name, tags, description, config: {} };
  const made = asServer(await ask<ServerResource>("POST", "/servers", { body }));
  // Without a token the next step offers to make one; it says why if that is refused.
  await issueToken(made.id).catch((failure: unknown) => {
    if (!(failure instanceof Problem)) throw failure;
  });
  return made;
}
