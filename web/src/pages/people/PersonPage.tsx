/** Being written. */
import { PageTitle } from "~/app/Where";

export function PersonPage(): React.ReactNode {
  return <PageTitle title="Person" />;
}
