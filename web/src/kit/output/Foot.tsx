/** Foot: how a viewer follows, and what can be done with what it shows. */
import { ActionIcon } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconPlayerPause,
  IconSearch,
} from "@tabler/icons-react";
import { useState } from "react";
import { useLink } from "~/api/hooks";
import { Problem } from "~/api/http";
import { copyText } from "~/kit/copy";
import { toast } from "~/kit/toast";
import { plural } from "~/kit/units";
import { download } from "./download";
import classes from "./Foot.module.css";
import type { Source } from "./feed";
import type { Lines } from "./lines";

export function Foot(props: {
  source: Source;
  following: boolean;
  onFollow(): void;
  wrap: boolean;
  onWrap(wrap: boolean): void;
  times: boolean;
  onTimes(times: boolean): void;
  onSearch(): void;
  full: boolean;
  onFull(): void;
  href: string | undefined;
  name: string;
  whole: (() => Promise<string>) | undefined;
}): React.ReactNode {
  const { wrap, times } = props;
  const { lines } = props.source;
  return (
    <div className={classes.foot}>
      <Progress {...props} />
      <span className="grow" />
      <ActionIcon
        aria-label="Search in output"
        title="Find in what is shown here ( / )"
        size={24}
        onClick={props.onSearch}
      >
        <IconSearch size={14} stroke={1.5} />
      </ActionIcon>
      <Toggle label="Times" on={times} onChange={props.onTimes} />
      <Toggle label="Wrap" on={wrap} onChange={props.onWrap} />
      <button type="button" className={classes.act} disabled={lines.end === 0} onClick={() => copy(lines)}>
        Copy
      </button>
      {props.href === undefined ? (
        <Download {...props} />
      ) : (
        <a className={classes.act} href={props.href} download={`${props.name}.log`}>
          Download
        </a>
      )}
      <ActionIcon
        aria-label={props.full ? "Leave full width" : "Full width"}
        title={props.full ? "Leave full width (Esc)" : "Full width"}
        aria-pressed={props.full}
        size={24}
        onClick={props.onFull}
      >
        {props.full ? (
          <IconArrowsMinimize size={14} stroke={1.5} />
        ) : (
          <IconArrowsMaximize size={14} stroke={1.5} />
        )}
      </ActionIcon>
    </div>
  );
}

function Progress({ source, following, onFollow }: Parameters<typeof Foot>[0]): React.ReactNode {
  const link = useLink();
  const { lines, state, problem } = source;
  if (state === "broken" && lines.end > 0) {
    return <span className={`${classes.broken} cut`}>{problem?.detail ?? "The output broke off"}</span>;
  }
  if (state !== "open") return <span className="cut">{plural(lines.end, "line")}</span>;
  if (link.state !== "live") return <span className="cut">Goes on when the connection is back</span>;
  return (
    <button type="button" className={classes.act} data-following={following} onClick={onFollow}>
      {following ? (
        <IconPlayerPause size={12} stroke={1.5} aria-hidden="true" />
      ) : (
        <IconArrowDown size={12} stroke={1.5} aria-hidden="true" />
      )}
      {following ? "Pause" : "Follow"}
    </button>
  );
}

function Toggle(props: { label: string; on: boolean; onChange(on: boolean): void }): React.ReactNode {
  return (
    <button
      type="button"
      className={classes.act}
      data-toggle={props.label.toLowerCase()}
      aria-pressed={props.on}
      onClick={() => props.onChange(!props.on)}
    >
      {props.label}
    </button>
  );
}

function Download({ source: { lines }, name, whole }: Parameters<typeof Foot>[0]): React.ReactNode {
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      download(`${name}.log`, whole ? await whole() : lines.text());
    } catch (failure) {
      if (failure instanceof Problem) toast.problem(failure, { title: "The output was not downloaded" });
      else throw failure;
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      type="button"
      className={classes.act}
      disabled={busy || lines.end === 0}
      onClick={() => void run()}
    >
      {busy ? "Fetching…" : "Download"}
    </button>
  );
}

async function copy(lines: Lines): Promise<void> {
  const done = await copyText(lines.text());
  if (done) toast.ok(`Copied ${plural(lines.end - lines.dropped, "line")}`);
  else toast.info("This browser does not let the page copy", { detail: "Download the output instead." });
}
