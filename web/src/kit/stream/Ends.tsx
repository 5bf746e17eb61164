/** Ends: the head of the stream's columns, what stands below its last row, and what stands in place of any. */
import { Button } from "@mantine/core";
import { Notice } from "~/kit/Notice";
import classes from "./Stream.module.css";
import type { Stream } from "./useStream";

export function Head(): React.ReactNode {
  return (
    <div role="row" className={classes.head}>
      <div role="columnheader">
        <span className="unseen">State</span>
      </div>
      <div role="columnheader">Who</div>
      <div role="columnheader">What</div>
      <div role="columnheader">Outcome</div>
      <div role="columnheader">Took</div>
      <div role="columnheader">When</div>
    </div>
  );
}

const MORE = {
  none: "Show older",
  thin: "Look further back",
  failed: "Older entries did not come. Try again",
};

export function End(props: { older: Stream["older"]; filtered: boolean }): React.ReactNode {
  const { older, filtered } = props;
  const end = filtered ? "Nothing older matches" : "The record begins here";
  return (
    <div role="row" className={classes.foot}>
      <div role="gridcell" aria-live="polite">
        {older.loading ? "Loading older entries…" : older.there ? null : end}
        {older.there && !older.loading && (
          <Button onClick={older.load}>{MORE[older.stopped ?? "none"]}</Button>
        )}
      </div>
    </div>
  );
}

export function Nothing({ filtered, clear }: { filtered: boolean; clear(): void }): React.ReactNode {
  if (!filtered)
    return (
      <Notice title="Nothing was done yet" text="Each action and each edit will stand here, for good." />
    );
  return (
    <Notice
      title="Nothing matches"
      text="No entry of the record fits these filters."
      action={<Button onClick={clear}>Clear filters</Button>}
    />
  );
}
