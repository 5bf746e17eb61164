/** AcknowledgeForm: until when, and what others should know. */
import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { Segments } from "~/kit/Segments";
import { acknowledge } from "./act";
import type { Alert } from "./alert";
import classes from "./alert.module.css";
import { LASTINGS, untilOf } from "./until";

const CHOICES = LASTINGS.map(({ id, label }) => ({ value: id, label }));

export function AcknowledgeForm({
  alerts,
  close,
}: {
  alerts: readonly Alert[];
  close(): void;
}): React.ReactNode {
  const [lasting, setLasting] = useState("resolved");
  const [comment, setComment] = useState("");
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        close();
        void acknowledge(alerts, { until: untilOf(lasting, new Date()), comment: comment.trim() });
      }}
    >
      <Segments label="Until" value={lasting} onChange={setLasting} data={CHOICES} />
      <Textarea
        aria-label="Comment"
        placeholder="What others should know"
        maxLength={500}
        autosize
        minRows={2}
        maxRows={6}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        data-autofocus
        aria-keyshortcuts="Control+Enter"
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
      <Button type="submit" variant="filled">
        Acknowledge{alerts.length > 1 ? ` ${alerts.length}` : ""}
      </Button>
    </form>
  );
}
