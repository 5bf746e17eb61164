/** Where the drawer stands: beside the page where there is room, over it elsewhere. */
import { lazy, Suspense } from "react";
import { useDrawer } from "~/app/drawer";
import classes from "./DrawerPlace.module.css";

const ActivityDrawer = lazy(async () => ({
  default: (await import("~/kit/activity/ActivityDrawer")).ActivityDrawer,
}));

export function DrawerPlace(): React.ReactNode {
  const { activity, line, close } = useDrawer();
  if (activity === undefined) return null;
  return (
    <div className={classes.place}>
      <Suspense fallback={null}>
        <ActivityDrawer key={activity} id={activity} line={line} onClose={close} />
      </Suspense>
    </div>
  );
}
