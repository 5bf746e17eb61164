/** CodeArea: a text of code to write or to read; its editor is fetched when one is first shown. */
import { lazy, Suspense } from "react";
import classes from "./Code.module.css";

const Editor = lazy(async () => ({ default: (await import("./Editor")).Editor }));

export interface CodeProps {
  value: string;
  language: "dockerfile";
  /** What it is called, or the id of what names it. */
  label?: string;
  labelledBy?: string;
  describedBy?: string | undefined;
  /** Of the place that is typed in. */
  id?: string;
  wrong?: boolean;
  placeholder?: string;
  /** Without it, it is there to be read. */
  onChange?: ((text: string) => void) | undefined;
  onBlur?: () => void;
}

export function CodeArea(props: CodeProps): React.ReactNode {
  return (
    <div
      className={classes.code}
      data-wrong={props.wrong || undefined}
      data-reads={!props.onChange || undefined}
    >
      <Suspense fallback={<pre className={classes.waiting}>{props.value || props.placeholder || " "}</pre>}>
        <Editor {...props} />
      </Suspense>
    </div>
  );
}
