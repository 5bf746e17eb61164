/** Being written. */
import { PageTitle } from "~/app/Where";

export function PeoplePage(): React.ReactNode {
  return <PageTitle title="People" />;
}
