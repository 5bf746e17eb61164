/** Instructions: how far a Dockerfile's are, from what BuildKit or Docker's classic builder prints of them. */

export type InstructionState = "done" | "cached" | "now" | "failed" | "stopped";

export interface Instruction {
  id: string;
  /** `2/4`, after the stage's name where there are several. */
  place: string;
  /** The instruction as the Dockerfile has it. */
  text: string;
  state: InstructionState;
  /** How long it took, where that is known. */
  seconds: number | undefined;
  /** Number of the line that names it. */
  line: number;
  /** When that was printed, in milliseconds since the epoch. */
  began: number;
}

/** What is looked at: lines by position, the oldest at `dropped`; those before `settled` stay as they are. */
export interface Printed {
  readonly dropped: number;
  readonly settled: number;
  at(position: number): { readonly text: string; readonly n: number; readonly at: number } | undefined;
}

const BEGINS = /^#(\d+) \[(?!internal\])([^\]]+)\] (.+)$/;
const EXPORTS = /^#(\d+) (exporting to .+)$/;
const ENDS = /^#(\d+) (DONE|CACHED|ERROR|CANCELED)(?:[: ] ?(\d+(?:\.\d+)?)s$)?/;
const STEP = /^Step (\d+\/\d+) : (.+)$/;
const ENDED: Record<string, InstructionState> = {
  DONE: "done",
  CACHED: "cached",
  ERROR: "failed",
  CANCELED: "stopped",
};

/** Reads on where it left off: an output is looked at once, however often it grows. */
export class Instructions {
  private readonly found = new Map<string, Instruction>();
  private next = 0;

  /** Those named so far; one that still runs when all has ended, ended as `end` says. */
  read(lines: Printed, end: InstructionState = "now"): Instruction[] {
    for (let at = Math.max(this.next, lines.dropped); at < lines.settled; at++) {
      const line = lines.at(at);
      if (line) this.take(line.text, line.n, line.at);
    }
    this.next = Math.max(this.next, lines.settled);
    return [...this.found.values()].map((each) => (each.state === "now" ? { ...each, state: end } : each));
  }

  private take(text: string, n: number, at: number): void {
    const ends = ENDS.exec(text);
    const known = ends?.[1] ? this.found.get(ends[1]) : undefined;
    if (known && ends?.[2]) {
      known.state = ENDED[ends[2]] ?? known.state;
      known.seconds = ends[3] ? Number(ends[3]) : undefined;
      return;
    }
    const [, id, place = "", said] = BEGINS.exec(text) ?? [];
    const exports = EXPORTS.exec(text);
    const step = STEP.exec(text);
    if (id && said) this.begin(id, place, said, n, at);
    else if (exports?.[1] && exports[2]) this.begin(exports[1], "", exports[2], n, at);
    else if (step?.[1] && step[2]) {
      this.endLast(at);
      this.begin(step[1], step[1], step[2], n, at);
    } else if (text === " ---> Using cache") this.cacheLast();
    else if (text.startsWith("Successfully built ")) this.endLast(at);
  }

  private begin(id: string, place: string, text: string, line: number, began: number): void {
    if (!this.found.has(id)) {
      this.found.set(id, { id, place, text, state: "now", seconds: undefined, line, began });
    }
  }

  /** The classic builder says no end: one ends where the next begins. */
  private endLast(at: number): void {
    const last = [...this.found.values()].at(-1);
    if (last?.state === "now") {
      last.state = "done";
      last.seconds = at > 0 && last.began > 0 ? (at - last.began) / 1000 : undefined;
    }
  }

  private cacheLast(): void {
    const last = [...this.found.values()].at(-1);
    if (last) last.state = "cached";
  }
}
