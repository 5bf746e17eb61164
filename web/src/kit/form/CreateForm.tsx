/** The form that makes a new resource of any type, empty, as a copy, or prefilled by a link. */
import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { useResource } from "~/api/hooks";
import type { Resource, TypeInfo } from "~/api/types";
import type { ResourceUi } from "~/resources/ui";
import { plural } from "../units";
import { FieldGroups } from "./FieldGroups";
import classes from "./Form.module.css";
import { focusControl } from "./focus";
import { serverOf } from "./formFields";
import { LeaveGuard } from "./LeaveGuard";
import { Preview } from "./Preview";
import { ProblemNote } from "./ProblemNote";
import { Restored } from "./Restored";
import save from "./Save.module.css";
import { Keys, useSaveKey } from "./SaveBar";
import { FormScope, type Scope } from "./scope";
import { type Start, startOf } from "./start";
import { useCreateForm } from "./useCreateForm";
import { useUnits } from "./useUnits";

interface Props {
  type: TypeInfo;
  /** Instead of what the address says (`?from=ID`, `?config.server=ID`). */
  initial?: Start;
  overrides?: ResourceUi["fields"];
  notes?: ResourceUi["notes"];
  begin?: ResourceUi["begin"];
  onCreated(made: Resource): void;
}

export function CreateForm(props: Props): React.ReactNode {
  const { type, begin } = props;
  const search = given(useSearch({ strict: false }));
  const from = typeof search.from === "string" ? search.from : "";
  const { found, ready } = useResource(type.name, from);
  const said = JSON.stringify(search);
  // The copy is of the moment the form was opened.
  const start = useMemo(
    () => (from && !ready ? undefined : startOf(type, search, from ? found : undefined, begin)),
    [type, said, from, ready],
  );
  const initial = props.initial ?? start;
  if (!initial) return null;
  return (
    <Creator
      key={`${type.name} ${JSON.stringify(initial)}`}
      {...props}
      initial={initial}
      names={found?.names ?? NO_NAMES}
      copied={from ? found?.name : ""}
    />
  );
}

/** What of an address's search part is for this form; the drawer has its own. */
function given(search: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(search).filter(([key]) => /^(from$|name$|config\.)/.test(key)));
}

const NO_NAMES: Record<string, string> = {};

function Creator(
  props: Props & { initial: Start; names: Record<string, string>; copied: string | undefined },
): React.ReactNode {
  const { type, initial, overrides, notes, onCreated, names, copied } = props;
  const form = useCreateForm(type, initial, onCreated);
  useSaveKey(form.create);
  useEffect(() => focusControl("name"), []);
  const { errors, values, fields } = form;
  const groups = useUnits(type, fields.groups, values);
  const server = serverOf(fields, values);
  const scope = useMemo<Scope>(
    () => ({
      type: type.name,
      errors: errors.shown,
      blurred: errors.blurred,
      report: errors.report,
      names,
      stored: () => undefined,
      keeps: () => false,
      server,
      reveal: errors.reveal,
    }),
    [type.name, errors.shown, errors.blurred, errors.report, errors.reveal, names, server],
  );
  const word = type.title.toLowerCase();
  return (
    <FormScope value={scope}>
      <div className={classes.layout}>
        {form.restored && <Restored kept={form.restored} form={form} />}
        {copied && !form.restored && (
          <p className={save.note}>
            A copy of {copied}. It needs a name of its own, and its secrets typed again.
          </p>
        )}
        <Preview type={type.name} values={values} />
        <FieldGroups
          groups={groups}
          values={values}
          edits={NO_EDITS}
          set={form.set}
          undo={form.undo}
          overrides={overrides}
          notes={notes}
        />
      </div>
      <section className={save.bar} aria-label={`Create the ${word}`}>
        {form.problem && <ProblemNote problem={form.problem} />}
        <div className={save.line}>
          <span className="grow">
            {errors.shown.size > 0 && (
              <button type="button" className={save.wrong} onClick={errors.attempt}>
                {plural(errors.shown.size, "thing")} to put right
              </button>
            )}
          </span>
          {Object.keys(form.draft.edits).length > 0 && <Button onClick={form.discard}>Start over</Button>}
          <Button
            variant="filled"
            onClick={form.create}
            aria-disabled={form.creating}
            rightSection={<Keys />}
          >
            {form.creating ? "Creating…" : `Create ${word}`}
          </Button>
        </div>
      </section>
      <LeaveGuard
        dirty={Object.keys(form.draft.edits).length > 0}
        kept="What you typed stays in this tab and comes back with this form; secrets do not."
      />
    </FormScope>
  );
}

/** In a new resource nothing is marked as changed: all of it is new. */
const NO_EDITS = {};
