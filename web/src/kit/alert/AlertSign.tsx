/** AlertSign: the worst open alert of a thing, beside how it stands: a bell in its colour, which leads to it. */
import { IconBell, IconBellFilled, IconBellOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { drawerIn } from "~/app/drawer";
import type { Sign } from "~/kit/State";
import classes from "./AlertSign.module.css";
import { alertWord, saidOf } from "./alert";
import { useAlerts } from "./useAlerts";

/** `plain`: where a row has one target alone. */
export function AlertSign({
  sign,
  plain = false,
}: {
  sign: Sign | undefined;
  plain?: boolean;
}): React.ReactNode {
  return sign ? <Bell sign={sign} plain={plain} /> : null;
}

function Bell({ sign, plain }: { sign: Sign; plain: boolean }): React.ReactNode {
  const text = useSaid(sign);
  const Icon = iconOf(sign);
  const shared = {
    className: classes.sign,
    "data-alert": sign.tone,
    "data-calm": sign.calm ? true : undefined,
    title: text,
  };
  const icon = <Icon size={14} stroke={1.75} aria-hidden="true" />;
  if (plain)
    return (
      <span {...shared}>
        {icon}
        <span className="unseen">{text}</span>
      </span>
    );
  return (
    <Link
      to="."
      search={drawerIn({ alert: sign.alert }) as never}
      aria-label={text}
      resetScroll={false}
      {...shared}
    >
      {icon}
    </Link>
  );
}

/** The same with its words, in the head of a page. */
export function AlertPill({ sign }: { sign: Sign | undefined }): React.ReactNode {
  return sign ? <Pill sign={sign} /> : null;
}

function Pill({ sign }: { sign: Sign }): React.ReactNode {
  const { known } = useAlerts();
  const alert = known.get(sign.alert);
  const text = useSaid(sign);
  const Icon = iconOf(sign);
  return (
    <Link
      to="."
      search={drawerIn({ alert: sign.alert }) as never}
      resetScroll={false}
      className={`${classes.sign} ${classes.pill}`}
      data-alert={sign.tone}
      data-calm={sign.calm ? true : undefined}
      title={text}
    >
      <Icon size={14} stroke={1.75} aria-hidden="true" />
      <span className="unseen">{alertWord(sign)}: </span>
      <span className="cut">{alert ? saidOf(alert) : alertWord(sign)}</span>
      {sign.count > 1 && <span className={classes.more}>+{sign.count - 1}</span>}
    </Link>
  );
}

/** Filled where it is critical: a colour alone says nothing to who does not see it. */
function iconOf({ tone, calm }: Sign): typeof IconBell {
  if (calm) return IconBellOff;
  return tone === "bad" ? IconBellFilled : IconBell;
}

/** `Warning alert: CPU is 97%; 2 more`. */
function useSaid(sign: Sign): string {
  const alert = useAlerts().known.get(sign.alert);
  const more = sign.count > 1 ? `; ${sign.count - 1} more` : "";
  return `${alertWord(sign)}${alert ? `: ${saidOf(alert)}` : ""}${more}`;
}
