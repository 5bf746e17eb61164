/** Where the drawer stands: beside the page where there is room, over it elsewhere. */
import { lazy, Suspense } from "react";
import { useDrawer } from "~/app/drawer";
import classes from "./DrawerPlace.module.css";

const ActivityDrawer = lazy(async () => ({
  default: (await import("~/kit/activity/ActivityDrawer")).ActivityDrawer,
}));

const AlertDrawer = lazy(async () => ({ default: (await import("~/kit/alert/AlertDrawer")).AlertDrawer }));

export function DrawerPlace(): React.ReactNode {
  const { activity, line, alert, close } = useDrawer();
  if (activity === undefined && alert === undefined) return null;
  return (
    <div className={classes.place}>
      <Suspense fallback={null}>
        {activity !== undefined && (
          <ActivityDrawer key={activity} id={activity} line={line} onClose={close} />
        )}
        {alert !== undefined && <AlertDrawer key={alert} id={alert} onClose={close} />}
      </Suspense>
    </div>
  );
}
