/** Notices: whether this browser shows alerts while Monitor is open in it. */
import { Switch } from "@mantine/core";
import { type Allowance, switchNotices, useAllowance } from "~/app/allowance";
import { Panel } from "~/kit/Panel";
import classes from "./SettingsPage.module.css";

const WORDS: Record<Allowance, string> = {
  on: "Alerts that go to a target of the service “browser” are shown by this browser while Monitor is open in it.",
  off: "Off in this browser. It asks for your leave once.",
  refused:
    "This browser was told not to let Monitor show any. Allow notifications for this page in its settings.",
  impossible: "A browser shows notifications only for pages reached over https, or on this very machine.",
};

export function NoticesPanel(): React.ReactNode {
  const allowance = useAllowance();
  return (
    <Panel title="Notifications">
      <div className={classes.body}>
        <Switch
          label="Show alerts in this browser"
          checked={allowance === "on"}
          disabled={allowance === "refused" || allowance === "impossible"}
          onChange={(event) => void switchNotices(event.currentTarget.checked)}
        />
        <p className="muted small">{WORDS[allowance]}</p>
      </div>
    </Panel>
  );
}
