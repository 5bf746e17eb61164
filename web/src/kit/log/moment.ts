/** Moment: a time as people type it: `15m` ago, an hour of today, a day, or both; in the viewer's zone. */

const UNITS: Record<string, number> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400, w: 604_800 };
const AGO = /^(?:\d+(?:\.\d+)?(?:min|[smhdw]))+$/;
const PART = /(\d+(?:\.\d+)?)(min|[smhdw])/g;
const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/;

/** Milliseconds since the epoch; undefined where it is no time. */
export function momentOf(typed: string, now: number): number | undefined {
  const text = typed.trim().replace(/ ago$/, "");
  if (AGO.test(text)) {
    let seconds = 0;
    for (const [, amount = "0", unit = "s"] of text.matchAll(PART))
      seconds += Number(amount) * (UNITS[unit] ?? 0);
    return now - seconds * 1000;
  }
  const clock = CLOCK.exec(text);
  if (clock) {
    const [hours, minutes, seconds] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
    if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
    return new Date(now).setHours(hours, minutes, seconds, 0);
  }
  // A browser takes a bare day for one of UTC, and reads almost anything as some date.
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  const at = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text.replace(" ", "T"));
  return Number.isNaN(at) ? undefined : at;
}
