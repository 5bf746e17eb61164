/** AlertStory: the time line of one alert. */
import { Shape } from "~/kit/State";
import { Ago, exact } from "~/kit/time";
import classes from "./AlertDrawer.module.css";
import type { Alert } from "./alert";
import { storyOf } from "./story";

export function AlertStory({ alert }: { alert: Alert }): React.ReactNode {
  return (
    <section className={classes.part} aria-label="What happened">
      <h3>What happened</h3>
      <ol className={classes.story}>
        {storyOf(alert).map((moment, index) => (
          <li key={`${index} ${moment.at}`}>
            <Shape tone={moment.tone} />
            <span className="cut" title={moment.text}>
              {moment.text}
            </span>
            <span className="faint small" title={exact(moment.at)}>
              <Ago at={moment.at} suffix=" ago" />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
