/** Buttons of a container's head: what one mostly does with it in its state, the rest behind dots. */
import { Button } from "@mantine/core";
import classes from "~/kit/action/action.module.css";
import { ContainerMenu } from "~/pages/containers/ContainerMenu";
import type { Placed } from "~/pages/containers/placed";
import { useContainerActs } from "~/pages/containers/useContainerActs";
import { LABELS, type Verb } from "~/pages/containers/verbs";

export function ContainerButtons({ row }: { row: Placed }): React.ReactNode {
  const acts = useContainerActs();
  const rows = [row];
  const mostly: readonly Verb[] = row.told.container.state === "exited" ? ["start"] : ["restart", "stop"];
  return (
    <div className={classes.buttons}>
      {mostly.map((verb) => {
        const share = acts.share(verb, rows);
        return (
          share.strays.length > 0 && (
            <Button key={verb} className={classes.button ?? ""} onClick={() => acts.run(verb, share)}>
              {LABELS[verb]}
            </Button>
          )
        );
      })}
      <ContainerMenu rows={rows} label="More actions" />
    </div>
  );
}
