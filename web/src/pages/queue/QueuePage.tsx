/** Being written. */
import { PageTitle } from "~/app/Where";

export function QueuePage(): React.ReactNode {
  return <PageTitle title="Queue" />;
}
