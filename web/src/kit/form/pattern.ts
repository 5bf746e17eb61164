/** Patterns of a schema: whether a text fits, and what to change when it does not, said without regular expressions. */

const compiled = new Map<string, RegExp | undefined>();

/** Whether a text fits. A pattern this browser cannot read refuses nothing: core will. */
export function fits(pattern: string, value: string): boolean {
  if (!pattern) return true;
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern)?.test(value) ?? true;
}

function compile(pattern: string): RegExp | undefined {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // Python's own spelling; the next flags may do.
    }
  }
  return undefined;
}

/** How to make the text fit, found by trying: what it must begin with, what must go; else the pattern itself. */
export function complaint(pattern: string, value: string): string {
  if (value !== value.trim() && fits(pattern, value.trim())) return "Remove the space around it.";
  const start = beginning(pattern);
  if (start && !start.words.some((word) => value.startsWith(word))) {
    return `Begin it with ${start.words.join(" or ")}`;
  }
  const wrong = offending(pattern, value);
  if (wrong.length > 0) return `Remove ${wrong.map(named).join(" and ")}: it cannot stand here.`;
  const example = EXAMPLES.find(({ part }) => pattern.includes(part));
  if (example) return `Write it like ${example.like}.`;
  return `Write it in the form ${pattern}`;
}

/** Shapes that are known by a part of their pattern. */
const EXAMPLES = [
  { part: String.raw`\d+\.\d+\.\d+`, like: "1.4.2" },
  { part: "[0-9a-f]{7,", like: "3be80a7, 7 to 64 of 0-9 and a-f" },
  { part: "0-9A-Fa-f.:", like: "127.0.0.1 or ::1" },
];

/** The text every fitting value begins with. */
function beginning(pattern: string): { words: string[] } | undefined {
  const found = /^\^(?:\((?=\/))?((?:[\w/:@-]|s\?)+)/.exec(pattern)?.[1];
  if (!found || /^[*+?{]/.test(pattern.slice(found.length + 1))) return undefined;
  return { words: found.includes("s?") ? [found.replace("s?", ""), found.replace("s?", "s")] : [found] };
}

/** The characters without which the rest would fit. */
function offending(pattern: string, value: string): string[] {
  const all = [...new Set(value.slice(0, 2000))];
  const without = (gone: readonly string[]) => [...value].filter((c) => !gone.includes(c)).join("");
  const one = all.find((c) => /[^a-z0-9]/i.test(c) && without([c]) !== "" && fits(pattern, without([c])));
  if (one) return [one];
  const odd = all.filter((c) => /[^\w.\-/]/.test(c));
  return odd.length > 0 && odd.length < 6 && without(odd) !== "" && fits(pattern, without(odd)) ? odd : [];
}

function named(character: string): string {
  if (character === " ") return "the space";
  if (character === "\t") return "the tab";
  if (character === "\n") return "the line break";
  return character < " " ? "the control character" : `“${character}”`;
}
