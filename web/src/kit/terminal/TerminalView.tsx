/** TerminalView: an open terminal: its screen, what it is connected to, and how to end it. */
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { usePhone } from "~/kit/list/usePhone";
import { State, type Tone } from "~/kit/State";
import { Elapsed } from "~/kit/time";
import type { Ended } from "./connection";
import { KeyBar } from "./KeyBar";
import type { Open } from "./remembered";
import classes from "./Terminal.module.css";
import { useTerminal } from "./useTerminal";

const STATES: Record<string, { tone: Tone; word: string }> = {
  connecting: { tone: "busy", word: "Connecting" },
  open: { tone: "ok", word: "Connected" },
  lost: { tone: "warn", word: "Connection lost, connecting again" },
};

export function TerminalView(props: {
  open: Open;
  /** Where it is: `web`. */
  name: string;
  onEnd(ended: Ended): void;
}): React.ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLButtonElement>(null);
  const phone = usePhone();
  const shown = useTerminal(props.open, place, phone ? 12 : 13, props.onEnd);
  const state = STATES[shown.state];
  useOwnKeys(place, () => end.current?.focus());
  return (
    <>
      <section className={classes.place} aria-label={`Terminal in ${props.name}; Ctrl+F6 leaves it`}>
        <div ref={place} className={classes.screen} data-terminal={shown.state} />
      </section>
      {phone && (
        <KeyBar
          ctrl={shown.ctrl}
          onCtrl={shown.toggleCtrl}
          onKey={(sends) => {
            shown.press(sends);
            shown.focus();
          }}
        />
      )}
      <div className={classes.foot}>
        {state && <State tone={state.tone} word={state.word} />}
        <span className="mono cut">{shown.command && `${shown.command} in ${props.name}`}</span>
        <span className="faint">
          <Elapsed since={props.open.since} />
        </span>
        <span className="cut" role="status">
          {shown.warning}
        </span>
        <span className="grow" />
        {!phone && (
          <span className="faint small" aria-hidden="true">
            <kbd>Ctrl F6</kbd> leaves
          </span>
        )}
        <Button ref={end} size="xs" variant="default" onClick={shown.end}>
          End terminal
        </Button>
      </div>
    </>
  );
}

/** The app's own keys do nothing in here; Ctrl+F6 is the way out for who has no mouse. */
function useOwnKeys(place: React.RefObject<HTMLDivElement | null>, leave: () => void): void {
  const leaving = useRef(leave);
  leaving.current = leave;
  useEffect(() => {
    const box = place.current;
    const stop = (event: KeyboardEvent) => event.stopPropagation();
    // Before the terminal itself takes it for a key of the program's.
    const way = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.key !== "F6") return;
      event.preventDefault();
      event.stopPropagation();
      leaving.current();
    };
    box?.addEventListener("keydown", way, { capture: true });
    box?.addEventListener("keydown", stop);
    return () => {
      box?.removeEventListener("keydown", way, { capture: true });
      box?.removeEventListener("keydown", stop);
    };
  }, [place]);
}
