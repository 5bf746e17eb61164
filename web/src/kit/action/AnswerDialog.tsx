/** AnswerDialog: what an edit answered, where that is no resource: shown once, to be copied. */
import { Button } from "@mantine/core";
import { copyText } from "~/kit/copy";
import { humanise } from "~/kit/form/words";
import { exact } from "~/kit/time";
import { toast } from "~/kit/toast";
import classes from "./action.module.css";

export function AnswerDialog(props: { answer: Record<string, unknown>; close(): void }): React.ReactNode {
  return (
    <div className={classes.form}>
      <dl className={classes.answer}>
        {Object.entries(props.answer).map(([name, value]) => (
          <div key={name}>
            <dt>{humanise(name)}</dt>
            <dd>
              <Said value={value} />
            </dd>
          </div>
        ))}
      </dl>
      <div className={classes.ends}>
        <Button onClick={props.close}>Close</Button>
      </div>
    </div>
  );
}

function Said({ value }: { value: unknown }): React.ReactNode {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return exact(text);
  const copy = async () => {
    if (await copyText(text)) toast.ok("Copied");
  };
  return (
    <>
      <code dir="auto">{text}</code>
      <Button size="compact-sm" onClick={() => void copy()}>
        Copy
      </Button>
    </>
  );
}
