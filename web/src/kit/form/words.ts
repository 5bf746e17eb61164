/** Words of forms that come from names: `read_only` is read as "Read only". */

const CAPITALS = new Set(["url", "id", "ip", "cpu", "ssh", "tls", "dns", "api", "http", "tcp", "udp"]);

/** A field's or a kind's name as a label. */
export function humanise(name: string): string {
  const words = name.split(/[_-]+/).filter(Boolean);
  const shown = words.map((word) => (CAPITALS.has(word) ? word.toUpperCase() : word)).join(" ");
  return shown.charAt(0).toUpperCase() + shown.slice(1);
}

/** The unit a help sentence begins with ("Seconds between TERM and KILL."), or nothing. */
export function unitOf(help: string): string {
  const found = /^(seconds|minutes|hours|days|bytes|percent)\b/i.exec(help);
  return found?.[1]?.toLowerCase() ?? "";
}

/** The label inside a sentence: "the image", "the HTTP port". */
export function inSentence(label: string): string {
  const second = label.charAt(1);
  const abbreviation = second !== "" && second === second.toUpperCase() && second !== second.toLowerCase();
  return abbreviation ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** `ports, environment and image`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** What one of a `{name, value}` list is called: "Labels" holds a "label", an environment variables. */
export function pairWord(label: string, secret: boolean): string {
  const word = singular(label);
  return secret ? "secret" : word === "item" ? "variable" : word;
}

/** One of what a list's label names: "Ports" holds a "port". */
export function singular(label: string): string {
  const word = inSentence(label);
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(ias|ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : "item";
}

/** Core's message as a sentence. */
export function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
