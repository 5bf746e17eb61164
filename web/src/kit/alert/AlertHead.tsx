/** AlertHead: what is wrong, how bad it is, where it stands, for how long. */
import { IconX } from "@tabler/icons-react";
import { IconAction } from "~/kit/activity/IconAction";
import { CopyLink } from "~/kit/CopyLink";
import { State } from "~/kit/State";
import { span, useNowText } from "~/kit/time";
import classes from "./AlertDrawer.module.css";
import { type Alert, saidOf, secondsOf, severityWord, stateWord, toneOf } from "./alert";

export function AlertHead({ alert, onClose }: { alert: Alert; onClose(): void }): React.ReactNode {
  const said = saidOf(alert);
  const lasted = useNowText((now) => span(secondsOf(alert, now)));
  return (
    <div className={classes.head}>
      <div className={classes.titles}>
        <h2 title={alert.message} tabIndex={-1} data-autofocus dir="auto">
          {said}
        </h2>
        <CopyLink />
        <IconAction label="Close" icon={IconX} onClick={onClose} />
      </div>
      <div className={classes.state}>
        <State tone={toneOf(alert)} word={severityWord(alert)} />
        <span className="muted">{stateWord(alert)}</span>
        <span className={classes.lasted}>{lasted}</span>
      </div>
      <span className="unseen" role="status">
        {severityWord(alert)}: {said}, {stateWord(alert)}
      </span>
    </div>
  );
}
