/** Says that somebody saved while this form was open: who, what, when; shows it on request. */
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useActivities } from "~/api/hooks";
import type { Activity } from "~/api/types";
import { changeLines } from "../diff/changes";
import { Diff } from "../diff/Diff";
import { Ago } from "../time";
import { topOf } from "./path";
import classes from "./Save.module.css";
import type { ConfigFormState } from "./useConfigForm";
import { inSentence, listed } from "./words";

export function Meanwhile({ form }: { form: ConfigFormState }): React.ReactNode {
  const [open, setOpen] = useState(false);
  const saves = useSaves(form);
  if (form.behind === 0) return null;
  const changed = [...new Set(saves.flatMap(({ changes = [] }) => changes.map(({ field }) => topOf(field))))];
  const label = (path: string) => inSentence(form.fields.byPath.get(path)?.label ?? path);
  const both = changed.filter((path) => form.dirty.includes(path));
  const who = listed([...new Set(saves.map((save) => save.who.name))]) || "Somebody";
  return (
    <div className={classes.meanwhile} role="status">
      <p className={classes.line}>
        <span className="grow">
          <b>{who}</b> changed {changed.length > 0 ? listed(changed.map(label)) : "this"}{" "}
          <span className="faint">
            <Ago at={saves[0]?.ended ?? form.resource.updated} suffix=" ago" />
          </span>
          {both.length > 0 && (
            <>. So did you: {listed(both.map(label))} will be put together when you review.</>
          )}
        </span>
        {changed.length > 0 && (
          <Button variant="subtle" onClick={() => setOpen(!open)} aria-expanded={open}>
            {open ? "Hide" : "Show"}
          </Button>
        )}
      </p>
      {open && <Changes form={form} saves={saves} />}
    </div>
  );
}

function Changes({ form, saves }: { form: ConfigFormState; saves: readonly Activity[] }): React.ReactNode {
  const { type, resource } = form;
  return saves.map((save) => {
    const { before, after } = changeLines(save.changes ?? [], type.config, resource.names);
    return (
      <div key={save.id} className={classes.diff}>
        <Diff before={before} after={after} label={`What ${save.who.name} changed`} />
      </div>
    );
  });
}

/** The saves since the first edit, newest first: each raised the revision by one. */
function useSaves({ type, resource, behind }: ConfigFormState): Activity[] {
  const { list } = useActivities();
  return useMemo(() => {
    const saves = list.filter(
      (one) => one.operation === `${type.name}.update` && one.what?.id === resource.id && one.changes?.length,
    );
    return saves.slice(0, behind);
  }, [list, type.name, resource.id, behind]);
}
