/** The form that edits a resource: its fields in groups, a draft that survives, a review before saving. */
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { Resource, TypeInfo } from "~/api/types";
import type { ResourceUi } from "~/resources/ui";
import { FieldGroups } from "./FieldGroups";
import classes from "./Form.module.css";
import { mayUpdate, serverOf } from "./formFields";
import { LeaveGuard } from "./LeaveGuard";
import { Preview } from "./Preview";
import { topOf } from "./path";
import { ReadForm } from "./ReadForm";
import { Restored } from "./Restored";
import { SaveBar } from "./SaveBar";
import { FormScope, type Scope } from "./scope";
import { useConfigForm } from "./useConfigForm";
import { useUnits } from "./useUnits";

interface Props {
  type: TypeInfo;
  resource: Resource;
  /** The type's own views of single fields. */
  overrides?: ResourceUi["fields"];
  reads?: ResourceUi["reads"];
  notes?: ResourceUi["notes"];
  /** Offered once saved: what puts the new config to work. */
  afterSave?: (saved: Resource) => React.ReactNode;
}

export function ConfigForm(props: Props): React.ReactNode {
  const { type, resource } = props;
  if (!mayUpdate(type, resource)) return <ReadForm type={type} resource={resource} reads={props.reads} />;
  return <Editor key={resource.id} {...props} />;
}

function Editor({ type, resource, overrides, notes, afterSave }: Props): React.ReactNode {
  const navigate = useNavigate();
  const onSaved = useCallback(
    (saved: Resource) => {
      // The page is found by its name.
      if (saved.name !== resource.name) {
        void navigate({ to: `/${type.plural}/${saved.name}/config`, replace: true, ignoreBlocker: true });
      }
    },
    [navigate, resource.name, type.plural],
  );
  const form = useConfigForm(type, resource, onSaved);
  const { errors, live, values, fields } = form;
  const { names, secrets = NO_SECRETS } = form.resource;
  const groups = useUnits(type, fields.groups, values);
  const server = serverOf(fields, values);
  const scope = useMemo<Scope>(
    () => ({
      type: type.name,
      errors: errors.shown,
      blurred: errors.blurred,
      report: errors.report,
      names,
      stored: (path) =>
        path === topOf(path) ? live[path] : inside(live[topOf(path)], path.slice(topOf(path).length)),
      // An item of a list is there for its secret; elsewhere there may be none.
      keeps: (path) => path.includes("[") || secrets.includes(path.replace(/^config\./, "")),
      server,
      reveal: errors.reveal,
    }),
    [type.name, errors.shown, errors.blurred, errors.report, errors.reveal, names, secrets, live, server],
  );
  return (
    <FormScope value={scope}>
      <div className={classes.layout} data-form tabIndex={-1}>
        {form.restored && <Restored kept={form.restored} form={form} />}
        <Preview type={type.name} values={values} />
        <FieldGroups
          groups={groups}
          values={values}
          edits={form.draft.edits}
          set={form.set}
          undo={form.undo}
          overrides={overrides}
          notes={notes}
        />
      </div>
      <SaveBar form={form} after={form.saved && afterSave?.(form.saved)} />
      <LeaveGuard dirty={form.dirty.length > 0} kept={KEPT} />
    </FormScope>
  );
}

const NO_SECRETS: readonly string[] = [];
const KEPT = "Your changes stay in this tab and come back with this form; secrets you typed do not.";

/** What a path such as `.value` or `[2].host` names inside a value. */
function inside(value: unknown, path: string): unknown {
  let found = value;
  for (const [, index, name] of path.matchAll(/\[(\d+)\]|\.(\w+)/g)) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Object.entries(found).find(([key]) => key === (index ?? name))?.[1];
  }
  return found;
}
