/** Editor of an environment: rows or text, searched, filled from a .env file; values of secrets stay hidden. */
import { Button, FileButton, Input, SegmentedControl } from "@mantine/core";
import { IconFileText, IconSearch } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { plural } from "../../units";
import type { ControlProps } from "../controls/control";
import { fitsText, parseEnv } from "../env";
import { holdsSecrets, type RowsField } from "../field";
import { isWithin } from "../path";
import { labelId, useScope } from "../scope";
import { pairWord } from "../words";
import classes from "./Env.module.css";
import { EnvRows } from "./EnvRows";
import { EnvText } from "./EnvText";
import { taken, type Variable, variablesOf } from "./variables";

/** From here on there is a search. */
const MANY = 15;
/** A .env file larger than this is none. */
const LARGEST = 1_000_000;

export function EnvControl({ field, value, path, onChange }: ControlProps<RowsField>): React.ReactNode {
  const scope = useScope();
  const secret = holdsSecrets(field);
  const variables = useMemo(() => variablesOf(value), [value]);
  const before = scope.stored(path);
  const stored = useMemo(
    () => (secret ? new Set(variablesOf(before).map(({ name }) => name)) : undefined),
    [secret, before],
  );
  const [mode, setMode] = useState("rows");
  const [find, setFind] = useState("");
  const [note, setNote] = useState<{ words: string; before: Variable[] | undefined }>();
  const [over, setOver] = useState(false);
  const latest = useRef({ variables, onChange });
  latest.current = { variables, onChange };

  const { reveal } = scope;
  useEffect(() => {
    if (!reveal || reveal.path === path || !isWithin(reveal.path, path)) return;
    setMode("rows");
    setFind("");
  }, [reveal, path]);

  const take = useCallback((text: string, from: string) => {
    const read = parseEnv(text);
    const { variables: old, onChange: change } = latest.current;
    const result = taken(old, read);
    change(result.variables);
    setNote({ words: `${from}: ${result.words}`, before: old });
  }, []);

  const load = async (file: File | null | undefined) => {
    if (!file) return;
    if (file.size > LARGEST) {
      setNote({ words: `${file.name} is too large for a .env file; 1 MB is the most.`, before: undefined });
      return;
    }
    take(await file.text(), file.name);
    setMode("rows");
  };

  const unread = useRef(0);
  const choose = (next: string) => {
    if (next === "rows" && unread.current > 0) {
      setNote({ words: "Put the lines named below right first: rows cannot hold them.", before: undefined });
    } else if (next === "rows" || fitsText(variables, secret)) setMode(next);
    else
      setNote({
        words: "Some of these names cannot be written as text: they begin like a comment.",
        before: undefined,
      });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div
      role="group"
      aria-labelledby={labelId(path)}
      className={classes.env}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void load(event.dataTransfer.files[0]);
      }}
    >
      <div className={classes.tools}>
        {mode === "rows" && (variables.length > MANY || find !== "") && (
          <Input
            type="search"
            className={classes.search}
            leftSection={<IconSearch size={14} stroke={1.5} />}
            placeholder="Search"
            aria-label={`Search ${field.label}`}
            value={find}
            onChange={(event) => setFind(event.currentTarget.value)}
          />
        )}
        <span className="faint small">{plural(variables.length, pairWord(field.label, secret))}</span>
        <span className="grow" />
        <FileButton onChange={(file) => void load(file)}>
          {(props) => (
            <Button {...props} leftSection={<IconFileText size={14} stroke={1.5} />}>
              Load .env
            </Button>
          )}
        </FileButton>
        <SegmentedControl
          aria-label={`Edit ${field.label} as`}
          data={[
            { value: "rows", label: "Rows" },
            { value: "text", label: "Text" },
          ]}
          value={mode}
          onChange={choose}
        />
      </div>
      {note && (
        <p className={classes.note} role="status">
          <span className="grow">{note.words}</span>
          {note.before && (
            <Button
              onClick={() => {
                onChange(note.before);
                setNote(undefined);
              }}
            >
              Undo
            </Button>
          )}
          <Button variant="subtle" onClick={() => setNote(undefined)}>
            Dismiss
          </Button>
        </p>
      )}
      {mode === "text" ? (
        <EnvText
          path={path}
          label={field.label}
          variables={variables}
          stored={stored}
          onChange={onChange}
          unread={unread}
        />
      ) : (
        <EnvRows
          field={field}
          path={path}
          variables={variables}
          stored={stored}
          find={find}
          onChange={onChange}
          take={take}
        />
      )}
    </div>
  );
}
