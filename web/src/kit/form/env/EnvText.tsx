/** An environment as text: NAME=value lines; what is wrong is named by its line. */
import { useEffect, useRef, useState } from "react";
import { plural } from "../../units";
import { printEnv } from "../env";
import { useControl, useReport } from "../scope";
import { same } from "../value";
import { CompletingText } from "./CompletingText";
import classes from "./Env.module.css";
import { useKnownNames } from "./useKnownNames";
import { readText, type Variable } from "./variables";

export function EnvText(props: {
  path: string;
  label: string;
  variables: readonly Variable[];
  /** Names of stored secrets, where this is a list of secrets. */
  stored: ReadonlySet<string> | undefined;
  onChange(variables: Variable[]): void;
  /** How many lines hold no variable: they would be lost if the text were left. */
  unread: React.RefObject<number>;
}): React.ReactNode {
  const { path, label, variables, stored, onChange, unread } = props;
  const { input } = useControl(path, true);
  const [text, setText] = useState(() => printEnv(variables));
  const said = useRef(variables);
  const area = useRef<HTMLTextAreaElement>(null);
  const { problems, comments } = readText(text, stored);
  useEffect(() => {
    unread.current = problems.length;
    return () => {
      unread.current = 0;
    };
  }, [unread, problems.length]);
  useReport(path, problems.length > 0 ? `Put ${plural(problems.length, "line")} right.` : undefined);

  // Changed from outside (somebody saved, or it was undone): not while the text says the same.
  useEffect(() => {
    if (!same(variables, said.current)) setText(printEnv(variables));
    said.current = variables;
  }, [variables]);

  const change = (typed: string) => {
    setText(typed);
    const next = readText(typed, stored).variables;
    said.current = next;
    onChange(next);
  };
  const show = (line: number) => {
    const lines = text.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.current?.focus();
    area.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  };

  return (
    <div className={classes.text}>
      <CompletingText
        {...input}
        area={area}
        known={useKnownNames(path)}
        aria-label={`${label} as text`}
        classNames={{ input: classes.area }}
        rows={Math.min(Math.max(text.split("\n").length + 1, 6), 22)}
        value={text}
        onText={change}
        placeholder={stored ? "TOKEN=value, or TOKEN alone to keep what is stored" : "NAME=value"}
      />
      {problems.slice(0, 8).map(({ line, message }) => (
        <p key={`${line} ${message}`} className={classes.problem}>
          <button type="button" className={classes.line} onClick={() => show(line)}>
            Line {line}
          </button>{" "}
          {message}
        </p>
      ))}
      {problems.length > 8 && <p className="faint small">… and {problems.length - 8} more</p>}
      {comments > 0 && <p className="faint small">{plural(comments, "comment")} will not be stored.</p>}
    </div>
  );
}
