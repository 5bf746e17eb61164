/** Choose: the containers that belong to no deployment, of all servers, to take one from. */
import { Link } from "@tanstack/react-router";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { State } from "~/kit/State";
import { containerStanding } from "~/pages/containers/standing";
import { usePlaced } from "~/pages/containers/usePlaced";
import classes from "./Adopt.module.css";
import { adoptable, adoptPath } from "./adopt";

export function Choose(): React.ReactNode {
  const { rows, ready } = usePlaced();
  const found = rows.filter(({ told }) => adoptable(told));
  if (!ready) return null;
  if (found.length === 0)
    return (
      <Notice
        title="There is no container to adopt"
        text="Every container you may see belongs to a deployment. Others need the right “unmanaged” on their server."
      />
    );
  return (
    <Panel title="Which one?" note="Containers that belong to no deployment">
      <ul className={classes.list}>
        {found.map(({ id, told, place }) => {
          const { tone, word } = containerStanding(told.container, false);
          return (
            <li key={id}>
              <Link className={classes.choice} to={adoptPath(told)} data-row={id}>
                <span className={classes.state}>
                  <State tone={tone} word={word} />
                </span>
                <span className={`${classes.name} cut`} dir="auto">
                  {told.container.name}
                </span>
                <span className="muted cut" dir="auto">
                  {told.container.image}
                </span>
                <span className="muted cut">{place?.name}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
