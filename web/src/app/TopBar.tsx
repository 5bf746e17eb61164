/** Top bar: where am I · search and run · connection, activity tray, account. */

import { IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { AccountMenu } from "~/app/AccountMenu";
import { LiveState } from "~/app/ConnectionBar";
import { Mark } from "~/app/Mark";
import { openPalette } from "~/app/PaletteHost";
import { ActivityTray } from "~/kit/activity/ActivityTray";
import classes from "./TopBar.module.css";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

export function TopBar({
  where,
  phone,
}: {
  where: (place: HTMLElement | null) => void;
  phone: boolean;
}): React.ReactNode {
  return (
    <header className={classes.header}>
      {!phone && (
        <Link to="/" className={classes.brand} aria-label="Monitor, overview">
          <Mark />
          <span>Monitor</span>
        </Link>
      )}
      <div className={classes.top}>
        <div className={classes.where} ref={where} />
        <button type="button" className={classes.find} onClick={openPalette}>
          <IconSearch size={16} stroke={1.5} aria-hidden="true" />
          <span>Search or run…</span>
          <kbd>{MAC ? "⌘ K" : "Ctrl K"}</kbd>
        </button>
        <div className={classes.right}>
          <LiveState />
          <ActivityTray />
          <AccountMenu />
        </div>
      </div>
    </header>
  );
}
