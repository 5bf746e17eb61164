/** Being written. */
import { PageTitle } from "~/app/Where";

export function OverviewPage(): React.ReactNode {
  return <PageTitle title="Overview" />;
}
