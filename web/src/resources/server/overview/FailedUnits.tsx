/** FailedUnits: which of systemd's units have failed, where some have. */
import { useState } from "react";
import { MoreRow } from "~/kit/MoreRow";
import { Panel } from "~/kit/Panel";
import { Shape } from "~/kit/State";
import { plural } from "~/kit/units";
import { isUp, type ServerResource } from "../model";
import { AsOf } from "./AsOf";
import type { HostSample } from "./host";
import classes from "./Overview.module.css";

/** More are shown on demand. */
const SHOWN = 5;

export function FailedUnits(props: {
  server: ServerResource;
  latest: HostSample | undefined;
}): React.ReactNode {
  const { server, latest } = props;
  const [all, setAll] = useState(false);
  const units = latest?.failed_units ?? [];
  if (units.length === 0) return null;
  const shown = all ? units : units.slice(0, SHOWN);
  return (
    <Panel
      title="Failed units"
      note={isUp(server) ? `${plural(units.length, "unit")} of systemd` : <AsOf server={server} />}
    >
      <ul data-stale={!isUp(server) || undefined} className={classes.disks}>
        {shown.map((unit) => (
          <li key={unit} className={classes.unit}>
            <Shape tone="bad" />
            <span className="mono cut" dir="auto" title={unit}>
              {unit}
            </span>
          </li>
        ))}
      </ul>
      <MoreRow more={units.length - SHOWN} all={all} show={setAll} />
      <p className={`${classes.hint} muted small`}>
        On the host, <code>systemctl status</code> with a unit's name says why.
      </p>
    </Panel>
  );
}
