/** Clock: the time of a line, made quickly, since sixty are shown anew with each movement of the wheel. */
const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** `04:24.518` within the hour or `21:04:24.518`, in the viewer's zone. */
export function timeOf(at: number, length: "short" | "long"): string {
  const date = new Date(at);
  const rest = `${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}`;
  return length === "short" ? rest : `${two(date.getHours())}:${rest}`;
}
