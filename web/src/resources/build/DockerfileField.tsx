/** DockerfileField: a Dockerfile written in Monitor, in an editor of its own. */
import { CodeArea } from "~/kit/code/CodeArea";
import { idOf } from "~/kit/form/path";
import { labelId, useControl } from "~/kit/form/scope";
import type { FieldProps, ReadProps } from "../ui";

const EXAMPLE = 'FROM alpine:3.22\nRUN apk add --no-cache curl\nCMD ["sleep", "infinity"]';

export function DockerfileField({ value, onChange, path, help }: FieldProps): React.ReactNode {
  const { input, error, described } = useControl(path, help !== "");
  return (
    <CodeArea
      language="dockerfile"
      value={typeof value === "string" ? value : ""}
      id={idOf(path)}
      labelledBy={labelId(path)}
      describedBy={described}
      wrong={error !== undefined}
      placeholder={EXAMPLE}
      onChange={onChange}
      onBlur={input.onBlur}
    />
  );
}

export function DockerfileRead({ value, label }: ReadProps): React.ReactNode {
  return <CodeArea language="dockerfile" label={label} value={typeof value === "string" ? value : ""} />;
}
