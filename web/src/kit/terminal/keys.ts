/** Keys: what a touch keyboard has not got, and what Ctrl makes of a letter. */

export interface Key {
  label: string;
  name: string;
  sends: string;
}

export const KEYS: readonly Key[] = [
  { label: "Esc", name: "Esc", sends: "\u001b" },
  { label: "Tab", name: "Tab", sends: "\t" },
  { label: "\u2190", name: "Left", sends: "\u001b[D" },
  { label: "\u2191", name: "Up", sends: "\u001b[A" },
  { label: "\u2193", name: "Down", sends: "\u001b[B" },
  { label: "\u2192", name: "Right", sends: "\u001b[C" },
  { label: "|", name: "Pipe", sends: "|" },
  { label: "/", name: "Slash", sends: "/" },
  { label: "-", name: "Dash", sends: "-" },
];

/** The control character of one typed key: `c` is Ctrl-C. Anything else stays as it is. */
export function withCtrl(typed: string): string {
  if (!/^[a-zA-Z@[\]\\^_ ]$/.test(typed)) return typed;
  return String.fromCharCode(typed === " " ? 0 : typed.toUpperCase().charCodeAt(0) & 31);
}
