/** AsOf: how old the figures of a server that does not answer are. */
import { Ago } from "~/kit/time";
import type { ServerResource } from "../model";

export function AsOf({ server }: { server: ServerResource }): React.ReactNode {
  const { since } = server.status;
  return since ? (
    <>
      as of <Ago at={since} suffix=" ago" />
    </>
  ) : null;
}
