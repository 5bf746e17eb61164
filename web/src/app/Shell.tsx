/** Shell: navigation, top bar, the page, and the drawer beside or over it. */
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useSettled } from "~/api/hooks";
import { ConnectionBar } from "~/app/ConnectionBar";
import { DrawerPlace } from "~/app/DrawerPlace";
import { useDrawer } from "~/app/drawer";
import { BottomNav, SideNav } from "~/app/Nav";
import { Notices } from "~/app/Notices";
import { PaletteHost } from "~/app/PaletteHost";
import { TopBar } from "~/app/TopBar";
import { WhereContext } from "~/app/Where";
import classes from "./Shell.module.css";

const SLIM = "monitor.nav.slim";

export function Shell(): React.ReactNode {
  const [slim, setSlim] = useState(() => localStorage.getItem(SLIM) === "1");
  const [where, setWhere] = useState<HTMLElement | null>(null);
  const phone = useMediaQuery("(max-width: 720px)", false, { getInitialValueInEffect: false });
  const docks = useMediaQuery("(min-width: 1180px)", true, { getInitialValueInEffect: false });
  const { activity, alert } = useDrawer();
  const settled = useSettled();
  const loading = useRouterState({ select: (state) => state.isLoading });

  const toggle = useCallback(() => {
    setSlim((old) => {
      localStorage.setItem(SLIM, old ? "0" : "1");
      return !old;
    });
  }, []);
  useHotkeys([["[", toggle]]);

  return (
    <WhereContext value={where}>
      <div
        className={classes.app}
        data-slim={slim || !docks || undefined}
        data-docked={(docks && (activity ?? alert) !== undefined) || undefined}
        data-phone={phone || undefined}
        data-ready={settled && !loading}
      >
        <a className={classes.skip} href="#main">
          Skip to the page
        </a>
        <TopBar where={setWhere} phone={phone} />
        {!phone && <SideNav toggle={docks && toggle} />}
        <main id="main" className={classes.main} tabIndex={-1}>
          <ConnectionBar />
          <Outlet />
        </main>
        <DrawerPlace />
        {phone && <BottomNav />}
        <PaletteHost />
        <Notices />
      </div>
    </WhereContext>
  );
}
