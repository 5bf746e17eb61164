/** The diff of what would be saved, or first what has to be decided; Enter saves. */
import { Button, SegmentedControl } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { compare, changes as countChanges } from "../diff/compare";
import { linesOf } from "../diff/configLines";
import { Diff } from "../diff/Diff";
import type { Line } from "../diff/line";
import { plural } from "../units";
import { Clashes } from "./Clashes";
import type { Values } from "./draft";
import { ProblemNote } from "./ProblemNote";
import classes from "./Save.module.css";
import type { ConfigFormState } from "./useConfigForm";

export function Review({ form }: { form: ConfigFormState }): React.ReactNode {
  const [whole, setWhole] = useState("changes");
  const save = useRef<HTMLButtonElement>(null);
  const deciding = form.clashes.length > 0;
  const before = useLines(form, form.live);
  const after = useLines(form, form.values);
  const count = useMemo(() => countChanges(compare(before, after)), [before, after]);

  useEffect(() => save.current?.focus({ preventScroll: true }), []);

  return (
    <div
      role="dialog"
      aria-label={deciding ? "Decide what to keep" : "Review changes"}
      className={classes.review}
      onKeyDown={(event) => {
        if (event.key === "Escape") form.back();
        // Held down since the form: not yet an answer to what is shown here.
        if (event.key === "Enter" && event.repeat) {
          event.preventDefault();
          return;
        }
        const own = event.target instanceof HTMLElement && event.target.closest("button, input, a, summary");
        if (event.key === "Enter" && !own && !deciding) form.save();
      }}
    >
      <header className={classes.head}>
        <h2 className="strong">
          {deciding ? "Both of you changed this" : `Review ${plural(count, "change")}`}
        </h2>
        {!deciding && form.merged && (
          <span className="muted small" role="status">
            put together with what was saved meanwhile
          </span>
        )}
        {deciding && (
          <span className="muted small">Choose what stays; the rest is put together already.</span>
        )}
        <span className="grow" />
        {!deciding && (
          <SegmentedControl
            aria-label="How much to show"
            data={[
              { value: "changes", label: "Changes" },
              { value: "whole", label: "Whole config" },
            ]}
            value={whole}
            onChange={setWhole}
          />
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className={classes.scroll} aria-label={deciding ? "Conflicts" : "Changes"} tabIndex={0}>
        {deciding ? (
          <Clashes form={form} />
        ) : (
          <Diff before={before} after={after} whole={whole === "whole"} />
        )}
      </section>
      {form.problem && <ProblemNote problem={form.problem} />}
      <footer className={classes.foot}>
        <span className="grow" />
        <Button onClick={form.back}>Back</Button>
        {deciding ? (
          <Button ref={save} variant="filled" onClick={form.settle}>
            Review the result
          </Button>
        ) : (
          <Button ref={save} variant="filled" onClick={form.save} aria-disabled={form.saving}>
            {form.saving ? "Saving…" : "Save"}
          </Button>
        )}
      </footer>
    </div>
  );
}

function useLines(form: ConfigFormState, values: Values): Line[] {
  const { fields, resource } = form;
  return useMemo(
    () =>
      [...fields.byPath].flatMap(([path, field]) =>
        linesOf([field], { [field.name]: values[path] }, resource.names, path.slice(0, -field.name.length)),
      ),
    [fields, values, resource.names],
  );
}
