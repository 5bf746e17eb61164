/** Numbers as people read them: three digits, Docker's units. */

const BINARY = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const DECIMAL = ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"];

/** `1.24 GiB` of a number of bytes. */
export function bytes(value: number): string {
  return scaled(value, 1024, BINARY);
}

/** `390 Mbit/s` of a number of bytes per second. */
export function bits(bytesPerSecond: number): string {
  return scaled(bytesPerSecond * 8, 1000, DECIMAL);
}

/** `50.3 MiB/s` of a number of bytes per second. */
export function byteRate(bytesPerSecond: number): string {
  return `${bytes(bytesPerSecond)}/s`;
}

/** `48%`; below ten with one decimal. */
export function percent(value: number): string {
  return value < 9.95 && value > 0.04 ? `${value.toFixed(1)}%` : `${Math.round(value)}%`;
}

/** `1,024`. */
export function count(value: number): string {
  return value.toLocaleString("en");
}

/** `3 deployments`, `1 deployment`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Three significant digits: `1.24`, `12.4`, `124`. */
export function digits(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95 || Number.isInteger(value)) return String(Math.round(value));
  return size >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}

function scaled(value: number, step: number, units: string[]): string {
  let size = value;
  let at = 0;
  while (Math.abs(size) >= step - 0.5 && at < units.length - 1) {
    size /= step;
    at += 1;
  }
  return `${at === 0 ? Math.round(size) : digits(size)} ${units[at] ?? ""}`;
}
