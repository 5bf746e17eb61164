/** JoinCommand: the command with which a host joins, fitted to where it runs, with the time left to use it. */
import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import { CopyBox } from "~/kit/CopyBox";
import { clock, useNowText } from "~/kit/time";
import { CORE_VERSION } from "~/resources/server/model";
import {
  calledAt,
  defaultUrl,
  hostOf,
  installCommands,
  isLoopback,
  joinCommand,
  type Place,
  suggested,
  wholeUrl,
} from "./command";
import classes from "./JoinCommand.module.css";
import type { JoinToken } from "./token";

export function JoinCommand(props: {
  /** Where the periphery listens. */
  port: number;
  token: JoinToken;
  /** Core could not call back: ask where it should. */
  failed: boolean;
  busy: boolean;
  another: () => void;
}): React.ReactNode {
  const { port, token, failed, busy, another } = props;
  const core = suggested(token.command) ?? { url: "", token: token.token };
  const [place, setPlace] = useState<Place>("service");
  const [typed, setTyped] = useState(() => defaultUrl(core.url, location));
  const [callAt, setCallAt] = useState("");
  const url = wholeUrl(typed, core.url);
  const at = callAt.trim() ? calledAt(callAt) : "";
  const left = useNowText((now) => leftOf(token, now));
  const command = joinCommand({
    url: url ?? "http://ADDRESS-OF-CORE:9120",
    token: core.token,
    place,
    ...(at ? { callAt: at } : {}),
  });

  return (
    <div className="stack">
      <div className={classes.how}>
        <SegmentedControl
          aria-label="How the periphery runs there"
          value={place}
          onChange={(value) => setPlace(value === "container" ? "container" : "service")}
          data={[
            { value: "service", label: "Periphery as a service" },
            { value: "container", label: "As a container" },
          ]}
        />
        <span className="grow" />
        <span className={`small ${left ? "muted" : classes.over}`}>
          {left ? (
            <>
              Good for <span className={classes.left}>{left}</span>, once
            </>
          ) : (
            "This command has expired"
          )}
        </span>
        <Button variant={left ? "subtle" : "filled"} size="compact-sm" loading={busy} onClick={another}>
          Make another
        </Button>
      </div>
      <CopyBox text={command} label="Join command" spent={!left || !url} primary />
      <div className={classes.fields}>
        <TextInput
          label="Core’s address, as the host sees it"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={
            url ? undefined : typed ? "This is no address" : "Core does not know its own address: type it"
          }
          placeholder="http://core.example:9120"
          spellCheck={false}
          autoComplete="off"
        />
        <TextInput
          label={
            failed
              ? "Where core should call the host"
              : "Where core calls the host, if not where it comes from"
          }
          value={callAt}
          onChange={(event) => setCallAt(event.currentTarget.value)}
          error={at === undefined ? "This is no address" : undefined}
          placeholder={failed ? "10.0.0.7" : "the address the command is run from"}
          spellCheck={false}
          autoComplete="off"
        />
      </div>
      {url && isLoopback(hostOf(url)) && (
        <p className="muted small">
          {hostOf(url)} is this machine itself: only a periphery on core’s own machine can join there. For
          others, let core listen on an address they reach (setting <code>address</code> or a proxy, and{" "}
          <code>public_url</code>).
        </p>
      )}
      <p className="muted small">
        Core will call the host back on TCP port {port}: its firewall has to pass that port from core, and
        from nobody else.
      </p>
      <details className={classes.install}>
        <summary>The periphery is not installed there yet</summary>
        <div className="stack">
          <p className="muted small">
            The host needs Docker, git and Python 3.11 or newer. Copy the wheel core was installed from there,
            and run in its folder:
          </p>
          <CopyBox text={installCommands(CORE_VERSION)} label="Commands that install the periphery" />
          <p className="muted small">Then run the join command above.</p>
        </div>
      </details>
    </div>
  );
}

/** `14:32`; empty when it is over. */
function leftOf(token: JoinToken, now: number): string {
  const seconds = (Date.parse(token.expires) - now) / 1000;
  return seconds > 0 ? clock(seconds) : "";
}
