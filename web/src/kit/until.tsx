/** Until: how long it is to a moment that is to come; the exact time on hover. */
import { exact, span, useNowText } from "./time";

export function Until({
  at,
  before = "",
}: {
  at: string | null | undefined;
  before?: string;
}): React.ReactNode {
  const instant = at ? Date.parse(at) : Number.NaN;
  const text = useNowText((now) => (Number.isNaN(instant) ? "" : until((instant - now) / 1000)));
  if (!at) return <span className="faint">—</span>;
  return (
    <time dateTime={at} title={exact(at)}>
      {before}
      {text}
    </time>
  );
}

function until(seconds: number): string {
  return seconds < 1 ? "now" : `in ${span(seconds)}`;
}
