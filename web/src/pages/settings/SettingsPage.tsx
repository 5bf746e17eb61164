/** Being written. */
import { PageTitle } from "~/app/Where";

export function SettingsPage(): React.ReactNode {
  return <PageTitle title="Settings" />;
}
