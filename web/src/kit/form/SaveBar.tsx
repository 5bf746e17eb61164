/** The bar at the foot of a changed form: what is changed, to be reviewed or discarded. It opens into the review. */
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Notes } from "../Notes";
import { Shape } from "../State";
import { plural } from "../units";
import { Meanwhile } from "./Meanwhile";
import { ProblemNote } from "./ProblemNote";
import { Review } from "./Review";
import classes from "./Save.module.css";
import type { ConfigFormState } from "./useConfigForm";
import { inSentence, listed } from "./words";

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function SaveBar({ form, after }: { form: ConfigFormState; after: React.ReactNode }): React.ReactNode {
  useSaveKey(form.review);
  const review = useRef<HTMLButtonElement>(null);
  const reviewing = form.stage === "review";
  const before = useRef(reviewing);
  useEffect(() => {
    if (before.current && !reviewing) {
      // Once saved there is no bar any more: back to the form.
      const back = review.current ?? document.querySelector<HTMLElement>("[data-form]");
      back?.focus({ preventScroll: true });
    }
    before.current = reviewing;
  }, [reviewing]);

  if (form.dirty.length === 0) return <Calm form={form} after={after} />;
  return (
    <section className={classes.bar} aria-label="Unsaved changes" data-open={reviewing || undefined}>
      {!reviewing && <Meanwhile form={form} />}
      {reviewing ? (
        <Review form={form} />
      ) : (
        <>
          {form.problem && <ProblemNote problem={form.problem} />}
          <div className={classes.line}>
            <Summary form={form} />
            <Button onClick={form.discard}>Discard</Button>
            <Button ref={review} variant="filled" onClick={form.review} rightSection={<Keys />}>
              Review changes
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

/** Ctrl S as people write it here. */
export function Keys(): React.ReactNode {
  return (
    <span className={classes.keys} aria-hidden="true">
      {APPLE ? "⌘ S" : "Ctrl S"}
    </span>
  );
}

/** Ctrl or ⌘ with S, anywhere on the page. */
export function useSaveKey(run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

function Summary({ form }: { form: ConfigFormState }): React.ReactNode {
  const labels = form.dirty.map((path) => inSentence(form.fields.byPath.get(path)?.label ?? path));
  const wrong = form.errors.shown.size;
  return (
    <span className={classes.summary}>
      <span className={classes.mark} aria-hidden="true" />
      <span className="strong">{plural(labels.length, "change")}</span>
      <span className="muted cut" title={listed(labels)}>
        {listed(labels)}
      </span>
      {wrong > 0 && (
        <button type="button" className={classes.wrong} onClick={form.errors.attempt}>
          {plural(wrong, "thing")} to put right
        </button>
      )}
    </span>
  );
}

/** Nothing is changed: what was just done, and the way on or back. */
function Calm({ form, after }: { form: ConfigFormState; after: React.ReactNode }): React.ReactNode {
  if (form.discarded) {
    return (
      <section className={classes.bar} aria-label="Discarded changes">
        <div className={classes.line}>
          <span className="grow">Changes discarded.</span>
          <Button variant="subtle" onClick={form.forgetDiscarded}>
            Dismiss
          </Button>
          <Button onClick={form.restoreDiscarded}>Bring them back</Button>
        </div>
      </section>
    );
  }
  const notes = form.saved?.notes ?? [];
  if (!form.saved || !(after || notes.length > 0)) return null;
  return (
    <section className={classes.bar} aria-label="Saved">
      {notes.length > 0 && (
        <div className={classes.told} role="status">
          <Shape tone="warn" />
          <Notes notes={notes} />
        </div>
      )}
      <div className={classes.line}>
        <span className="grow">Saved as revision {form.saved.revision}.</span>
        <Button variant="subtle" onClick={form.forgetSaved}>
          Dismiss
        </Button>
        {after}
      </div>
    </section>
  );
}
