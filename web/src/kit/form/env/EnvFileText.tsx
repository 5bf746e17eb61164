/** EnvFileText: the content of an env file, with names known elsewhere offered, and wrong lines named. */
import { useRef } from "react";
import form from "../Form.module.css";
import { useControl } from "../scope";
import { CompletingText } from "./CompletingText";
import { fileProblems } from "./completion";
import classes from "./Env.module.css";
import { useKnownNames } from "./useKnownNames";

export function EnvFileText(props: {
  path: string;
  label: string | undefined;
  value: string;
  onChange(value: string): void;
}): React.ReactNode {
  const { path, label, value, onChange } = props;
  const { input } = useControl(path, true);
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <div className={`grow ${classes.text}`}>
      <CompletingText
        {...input}
        area={area}
        known={useKnownNames(path)}
        aria-label={label}
        classNames={{ input: form.mono ?? "" }}
        placeholder="NAME=value"
        autosize
        maxRows={12}
        value={value}
        onText={onChange}
      />
      {fileProblems(value)
        .slice(0, 8)
        .map(({ line, message }) => (
          <p key={line} className={classes.problem}>
            Line {line} {message}
          </p>
        ))}
    </div>
  );
}

/** Whether a field holds an env file. */
export function isEnvFile(path: string): boolean {
  return /(^|\.)(secret_)?env_files\[\d+\]\.content$/.test(path);
}
