/** Being written. */
import { PageTitle } from "~/app/Where";

export function AddServerPage(): React.ReactNode {
  return <PageTitle title="Add server" />;
}
