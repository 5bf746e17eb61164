/** Being written. */
import { PageTitle } from "~/app/Where";

export function ActivityPage(): React.ReactNode {
  return <PageTitle title="Activity" />;
}
