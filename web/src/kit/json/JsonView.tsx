/** JsonView: a JSON value as a tree that folds, with a search, and a button that copies all of it. */
import { Button, TextInput } from "@mantine/core";
import { IconCheck, IconCopy, IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { Notice } from "~/kit/Notice";
import { plural } from "~/kit/units";
import { JsonLine } from "./JsonLine";
import classes from "./JsonView.module.css";
import { foldable, found, type Json, linesOf } from "./tree";

export function JsonView(props: {
  value: Json;
  label: string;
  /** Paths that are open at first. */
  open: readonly string[];
  tools?: React.ReactNode;
}): React.ReactNode {
  const { value, label } = props;
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(props.open));
  const [text, setText] = useState("");
  const sought = text.trim();
  const sifted = useMemo(() => (sought ? found(value, sought) : undefined), [value, sought]);
  const shown = sifted ? sifted.value : value;
  const lines = useMemo(() => {
    if (shown === undefined) return [];
    return linesOf(shown, sifted ? new Set(foldable(shown)) : open);
  }, [shown, sifted, open]);
  const all = useMemo(() => foldable(value), [value]);
  const whole = all.every((path) => open.has(path));

  const toggle = (path: string) =>
    setOpen((old) => {
      const next = new Set(old);
      if (!next.delete(path)) next.add(path);
      return next;
    });

  return (
    <>
      <div className={classes.tools}>
        <TextInput
          className="grow"
          aria-label={`Search ${label}`}
          placeholder="Field or value…"
          leftSection={<IconSearch size={14} stroke={1.5} aria-hidden="true" />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className="faint small" role="status">
          {sifted && plural(sifted.hits, "hit")}
        </span>
        <Button disabled={sifted !== undefined} onClick={() => setOpen(new Set(whole ? [] : all))}>
          {whole ? "Fold all" : "Open all"}
        </Button>
        <Copy value={value} />
        {props.tools}
      </div>
      {lines.length === 0 ? (
        <Notice title={`Nothing here holds "${sought}"`} text="Fields and values are searched." />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
        <section className={classes.lines} aria-label={label} tabIndex={0}>
          {lines.map((line) => (
            <JsonLine key={line.path} line={line} sought={sought} toggle={sifted ? undefined : toggle} />
          ))}
        </section>
      )}
    </>
  );
}

function Copy({ value }: { value: Json }): React.ReactNode {
  const [copied, setCopied] = useState(false);
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <Button
      leftSection={<Icon size={14} stroke={1.5} aria-hidden="true" />}
      onClick={() => {
        void navigator.clipboard.writeText(JSON.stringify(value, undefined, 2)).then(() => {
          setCopied(true);
          setTimeout(() => setCopied(false), 2000);
        });
      }}
    >
      {copied ? "Copied" : "Copy"}
    </Button>
  );
}
