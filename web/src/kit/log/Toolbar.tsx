/** Toolbar: which part of a log is looked at: how much, which stream, and what is searched for on the server. */
import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { Segments } from "~/kit/Segments";
import { type Asked, RANGES, wrongTime } from "./asked";
import classes from "./Log.module.css";
import { ServerSearch } from "./ServerSearch";

const STREAMS = [
  { value: "both", label: "All" },
  { value: "stdout", label: "stdout" },
  { value: "stderr", label: "stderr" },
] as const;

export function Toolbar({
  asked,
  onAsk,
}: {
  asked: Asked;
  onAsk(change: Partial<Asked>): void;
}): React.ReactNode {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame of its own
    <div className={classes.tools} role="group" aria-label="What is shown of the log">
      <Select
        aria-label="How much of the log"
        size="xs"
        className={classes.range}
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
        data={RANGES.map((range) => ({ ...range }))}
        value={asked.range}
        onChange={(range) => onAsk({ range: range ?? "1000", since: "", until: "" })}
      />
      {asked.range === "between" && <Between asked={asked} onAsk={onAsk} />}
      <Segments
        label="Stream"
        value={asked.stream}
        data={STREAMS}
        onChange={(stream) => onAsk({ stream: stream as Asked["stream"] })}
      />
      <ServerSearch wanted={asked.wanted} onSearch={(wanted) => onAsk({ wanted })} />
    </div>
  );
}

/** The two ends of a time, taken with Enter or when the field is left. */
function Between({ asked, onAsk }: Parameters<typeof Toolbar>[0]): React.ReactNode {
  const wrong = wrongTime(asked);
  return (
    <>
      <Time label="From" hint="15m or 12:30" wrong={wrong.since} onTake={(since) => onAsk({ since })} />
      <Time label="To" hint="now" wrong={wrong.until} onTake={(until) => onAsk({ until })} />
    </>
  );
}

function Time(props: {
  label: string;
  hint: string;
  wrong: string | undefined;
  onTake(text: string): void;
}): React.ReactNode {
  const [typed, setTyped] = useState("");
  const take = () => props.onTake(typed.trim());
  return (
    <TextInput
      size="xs"
      className={classes.time}
      aria-label={props.label}
      placeholder={`${props.label}: ${props.hint}`}
      title={props.wrong ?? "15m for 15 minutes ago, 12:30 today, or 2026-11-27 12:30"}
      error={props.wrong !== undefined}
      aria-invalid={props.wrong !== undefined}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Enter" && take()}
      onBlur={take}
    />
  );
}
