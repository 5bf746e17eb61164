/** useLacking: asks for a past again while something that arrives live is not in it yet, so that no chart denies it. */
import { useEffect, useRef } from "react";
import { lacking, type PastColumns } from "./past";

/** Core has a sample every ten seconds; asked for at half of that, a new figure is there within fifteen. */
const AGAIN = 5_000;
/** What is not kept by then never will be: the past grows at its own pace again. */
const TRIES = 12;

interface Found {
  past: Pick<PastColumns, "columns">;
  /** It can be asked for at this moment. */
  idle: boolean;
  /** When it was asked for, in milliseconds. */
  asked: number;
  again(): void;
}

/** `newest`: of what arrives live, in seconds: without anything new there is nothing to ask for. */
export function useLacking(found: Found, live: readonly string[], newest: number): void {
  const { past, idle, asked, again } = found;
  const missing = lacking(past, live).join(" ");
  const tried = useRef({ missing, times: 0 });
  useEffect(() => {
    if (missing === "" || !idle || Date.now() - asked < AGAIN) return;
    if (tried.current.missing !== missing) tried.current = { missing, times: 0 };
    if (tried.current.times >= TRIES) return;
    tried.current.times += 1;
    again();
  }, [missing, idle, asked, newest]);
}
