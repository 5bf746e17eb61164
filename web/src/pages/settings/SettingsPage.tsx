/** Settings: one's own account and keys, how the app looks, and what this core is. */
import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { useMe } from "~/api/hooks";
import { PageTitle } from "~/app/Where";
import { Panel } from "~/kit/Panel";
import { KeysPanel } from "./KeysPanel";
import { NoticesPanel } from "./NoticesPanel";
import { OwnPassword } from "./OwnPassword";
import classes from "./SettingsPage.module.css";
import { SystemPanel } from "./SystemPanel";

export function SettingsPage(): React.ReactNode {
  return (
    <>
      <PageTitle title="Settings" />
      <div className={classes.columns}>
        <div className="stack">
          <AccountPanel />
          <AppearancePanel />
          <NoticesPanel />
          <SystemPanel />
        </div>
        <KeysPanel />
      </div>
    </>
  );
}

function AccountPanel(): React.ReactNode {
  const { user } = useMe();
  return (
    <Panel title="Account" note={user.admin ? "admin" : undefined}>
      <div className={classes.body}>
        <p>
          Signed in as <b>{user.name}</b>
        </p>
        <OwnPassword user={user} />
      </div>
    </Panel>
  );
}

function AppearancePanel(): React.ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Panel title="Appearance">
      <div className={classes.body}>
        <SegmentedControl
          aria-label="Theme"
          value={colorScheme}
          onChange={(value) => setColorScheme(value as "dark" | "light" | "auto")}
          data={[
            { value: "dark", label: "Dark" },
            { value: "light", label: "Light" },
            { value: "auto", label: "As the system" },
          ]}
        />
      </div>
    </Panel>
  );
}
