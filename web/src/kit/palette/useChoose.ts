/** useChoose: what happens when a line is chosen. */
import { useRouter } from "@tanstack/react-router";
import { useDrawer } from "~/app/drawer";
import { useAct } from "~/kit/action/useAct";
import type { Entry } from "./entry";
import { noteUsed } from "./recent";

export function useChoose(close: () => void): (entry: Entry, newTab: boolean) => void {
  const router = useRouter();
  const drawer = useDrawer();
  const act = useAct();
  return (entry, newTab) => {
    const { not, to, activity, run, operation, target } = entry;
    if (not !== undefined) return;
    if (to !== undefined && newTab) {
      window.open(to, "_blank", "noopener");
      return;
    }
    close();
    if (operation && target) {
      noteUsed({ operation, type: target.type, id: target.resource.id, at: Date.now() });
      void act(operation, target.resource);
    } else if (run) run();
    else if (activity) drawer.open(activity);
    else if (to !== undefined) router.history.push(to);
  };
}
