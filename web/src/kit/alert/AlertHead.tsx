/** AlertHead: what is wrong, how bad it is, where it stands, for how long. */
import { IconLink, IconX } from "@tabler/icons-react";
import { IconAction } from "~/kit/activity/IconAction";
import { copyText } from "~/kit/output/copy";
import { State } from "~/kit/State";
import { span, useNowText } from "~/kit/time";
import { toast } from "~/kit/toast";
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
        <IconAction label="Copy link" icon={IconLink} onClick={() => void copyLink()} />
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

async function copyLink(): Promise<void> {
  if (await copyText(location.href)) toast.ok("Link copied");
  else
    toast.info("This browser does not let the page copy", {
      detail: "Copy the address of this page instead.",
    });
}
