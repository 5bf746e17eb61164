/** ContainerLog: one container's log, whoever's it is: live, a part of it, or what a search on its server finds. */
import { useState } from "react";
import type { Topic } from "~/api/live";
import { Output } from "~/kit/output/Output";
import { useTimes } from "~/kit/output/preferences";
import { patternOf } from "~/kit/output/search";
import { type Asked, addressOf, topicOf, type Wanted, wrongTime } from "./asked";
import classes from "./Log.module.css";
import { Standing } from "./Standing";
import { Toolbar } from "./Toolbar";
import { useContainerLog } from "./useContainerLog";

export function ContainerLog(props: {
  /** The topic that shows it live, with its target. */
  topic: Topic;
  /** Path below /api that answers it as a file. */
  file: string;
  /** What it is called: the name of the file, and of the region. */
  name: string;
}): React.ReactNode {
  const [asked, setAsked] = useState<Asked>(() => ({
    range: "1000",
    since: "",
    until: "",
    stream: "both",
    wanted: undefined,
    at: Date.now(),
  }));
  const [tries, setTries] = useState(0);
  const ask = (change: Partial<Asked>) => setAsked({ ...asked, ...change, at: Date.now() });
  return (
    <div className={classes.log}>
      <Toolbar asked={asked} onAsk={ask} />
      <Written
        key={tries}
        {...props}
        asked={asked}
        onAgain={() => setTries(tries + 1)}
        onEnd={() => ask({ wanted: undefined })}
      />
    </div>
  );
}

function Written(props: {
  topic: Topic;
  file: string;
  name: string;
  asked: Asked;
  onAgain(): void;
  onEnd(): void;
}): React.ReactNode {
  const { name, asked } = props;
  const source = useContainerLog(topicOf(props.topic, asked));
  const [times] = useTimes();
  const right = Object.keys(wrongTime(asked)).length === 0;
  return (
    <>
      <Standing source={source} asked={asked} onAgain={props.onAgain} onEnd={props.onEnd} />
      <Output
        bare
        source={source}
        name={name}
        label={asked.wanted ? `Found in the log of ${name}` : `Log of ${name}`}
        highlight={asked.wanted && highlightOf(asked.wanted)}
        href={right ? addressOf(props.file, asked, times) : undefined}
      />
    </>
  );
}

/** What was found, marked; a pattern that only the server understands marks nothing. */
function highlightOf({ text, regex, matchCase }: Wanted): RegExp | undefined {
  try {
    const { source } = patternOf({ text, regex });
    return new RegExp(source, matchCase ? "g" : "gi");
  } catch {
    return undefined;
  }
}
