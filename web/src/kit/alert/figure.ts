/** Figure: an alert's figure and its level as people read them. Pure. */
import { byteRate, bytes, count, digits, percent } from "~/kit/units";
import type { Alert } from "./alert";

/** `93%`, `1.5 GiB`, `4.2 h`. */
export function figure(value: number, unit: string): string {
  switch (unit) {
    case "percent":
      return percent(value);
    case "bytes":
    case "space":
      return bytes(value);
    case "rate":
      return byteRate(value);
    case "celsius":
      return `${Math.round(value)} °C`;
    case "hours":
      return value < 10 ? `${value.toFixed(1)} h` : `${Math.round(value)} h`;
    case "count":
      return count(Math.round(value));
    default:
      return digits(value);
  }
}

/** The same of a level, to the digit somebody gave it: `97.5%`. */
export function level(value: number, unit: string): string {
  return unit === "percent" ? `${Number(value.toFixed(3))}%` : figure(value, unit);
}

/** What a unit is called beside a field. */
export const UNITS: Record<string, string> = {
  percent: "%",
  bytes: "bytes",
  space: "bytes",
  rate: "bytes/s",
  celsius: "°C",
  hours: "hours",
  load: "",
  count: "",
};

/** `93%`; empty where the alert is about no figure. */
export const valueText = ({ value, unit }: Alert): string => (value === null ? "" : figure(value, unit));
export const limitText = ({ limit, unit }: Alert): string => (limit === null ? "" : level(limit, unit));
