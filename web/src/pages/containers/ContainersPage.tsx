/** Being written. */
import { PageTitle } from "~/app/Where";

export function ContainersPage(): React.ReactNode {
  return <PageTitle title="Containers" />;
}
