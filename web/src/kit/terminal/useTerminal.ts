/** useTerminal: one open terminal on screen: xterm.js at one end, core at the other. */
import { useComputedColorScheme } from "@mantine/core";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { Connection, type Ended } from "./connection";
import { withCtrl } from "./keys";
import type { Open } from "./remembered";
import type { Screen } from "./screen";

export interface Shown {
  state: "connecting" | "open" | "lost";
  /** What runs, once it does. */
  command: string;
  warning: string;
  end(): void;
  /** As if typed. */
  press(sends: string): void;
  ctrl: boolean;
  toggleCtrl(): void;
  focus(): void;
}

export function useTerminal(
  { id, again }: Open,
  place: RefObject<HTMLDivElement | null>,
  fontSize: number,
  onEnd: (ended: Ended) => void,
): Shown {
  const [state, setState] = useState<Shown["state"]>("connecting");
  const [command, setCommand] = useState("");
  const [warning, setWarning] = useState("");
  const [ctrl, setCtrl] = useState(false);
  const held = useRef(false);
  const line = useRef<Connection>(undefined);
  const screen = useRef<Screen>(undefined);
  const ending = useRef(onEnd);
  ending.current = onEnd;
  const scheme = useComputedColorScheme();

  const press = useCallback((text: string) => {
    line.current?.type(new TextEncoder().encode(held.current ? withCtrl(text) : text));
    held.current = false;
    setCtrl(false);
  }, []);

  useEffect(() => {
    let gone = false;
    let dispose = () => {};
    void import("./screen").then(({ makeScreen }) => {
      if (gone || !place.current) return;
      const made = makeScreen(place.current, fontSize);
      screen.current = made;
      /** Bytes left of what was written before this page came; what they ask was answered then. */
      let past = 0;
      let first = true;
      const connection = new Connection(id, {
        began: ({ command, at, upto, lost }) => {
          setCommand(command);
          if (lost > 0) made.terminal.write(`\r\n[${lost} bytes were lost]\r\n`);
          past = first && again ? upto - at : 0;
          first = false;
        },
        written: (data, shown) => {
          made.terminal.write(data, () => {
            past = Math.max(0, past - data.length);
            shown();
          });
        },
        warned: setWarning,
        state: setState,
        ended: (ended) => ending.current(ended),
      });
      line.current = connection;
      made.terminal.onData((text) => past === 0 && press(text));
      made.terminal.onBinary((text) => connection.type(Uint8Array.from(text, (c) => c.charCodeAt(0))));
      made.terminal.onResize(({ cols, rows }) => connection.resize(cols, rows));
      made.terminal.attachCustomKeyEventHandler((event) => !isCopy(event, made));
      made.fit();
      connection.resize(made.terminal.cols, made.terminal.rows);
      connection.connect();
      made.terminal.focus();
      place.current.closest("section")?.parentElement?.scrollIntoView({ block: "nearest" });
      const sizes = new ResizeObserver(() => made.fit());
      sizes.observe(place.current);
      dispose = () => {
        sizes.disconnect();
        connection.leave();
        made.dispose();
      };
    });
    return () => {
      gone = true;
      dispose();
    };
  }, [id, again, place, fontSize, press]);

  useEffect(() => {
    // The tokens change with an attribute that is set in the same breath.
    const soon = requestAnimationFrame(() => screen.current?.recolour());
    return () => cancelAnimationFrame(soon);
  }, [scheme]);

  return {
    state,
    command,
    warning,
    ctrl,
    press,
    end: () => line.current?.end(),
    toggleCtrl: () => {
      held.current = !held.current;
      setCtrl(held.current);
    },
    focus: () => screen.current?.terminal.focus(),
  };
}

/** Ctrl-C belongs to the program. */
function isCopy(event: KeyboardEvent, { terminal }: Screen): boolean {
  const copies = event.ctrlKey && event.shiftKey && event.code === "KeyC";
  if (copies && event.type === "keydown" && terminal.hasSelection()) {
    void navigator.clipboard?.writeText(terminal.getSelection());
    event.preventDefault();
  }
  return copies;
}
