/** Days: which day an activity belongs to in the viewer's zone, and what that day is called. */

/** `2026-11-26`, in the viewer's zone. */
export function dayOf(at: string): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `Today`, `Yesterday`, `Tuesday, 24 November`; with the year where it is another. */
export function dayName(day: string, now: number): string {
  const today = new Date(now);
  if (day === dayOf(today.toISOString())) return "Today";
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (day === dayOf(yesterday.toISOString())) return "Yesterday";
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const same = year === today.getFullYear();
  return new Date(year, month - 1, date).toLocaleDateString(undefined, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(same ? {} : { year: "numeric" }),
  });
}

/** `14:32` in the viewer's zone. */
export function hourOf(at: string): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
}
