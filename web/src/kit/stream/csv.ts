/** Csv: activities as a table for a spreadsheet. */
import type { Activity } from "~/api/types";

const COLUMNS: readonly [string, (activity: Activity) => string][] = [
  ["id", (a) => a.id],
  ["asked", (a) => a.created],
  ["started", (a) => a.started ?? ""],
  ["ended", (a) => a.ended ?? ""],
  ["who", (a) => a.who.name],
  ["as", (a) => a.who.kind],
  ["over", (a) => a.origin],
  ["operation", (a) => a.operation],
  ["type", (a) => a.what?.type ?? ""],
  ["target", (a) => a.what?.name ?? ""],
  ["state", (a) => a.state],
  ["summary", (a) => a.summary],
  ["error", (a) => a.error],
  ["changed", (a) => a.changes.map((change) => change.field).join(" ")],
];

export function csvOf(list: readonly Activity[]): string {
  const head = COLUMNS.map(([name]) => name).join(",");
  const lines = list.map((activity) => COLUMNS.map(([, read]) => quoted(read(activity))).join(","));
  return `${[head, ...lines].join("\r\n")}\r\n`;
}

/** Spreadsheets take what begins with these signs for a formula; what a host wrote must never become one. */
function quoted(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
