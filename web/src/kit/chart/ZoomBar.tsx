/** ZoomBar: which part of time all charts show while they are zoomed, and the ways on and back, for fingers too. */
import { ActionIcon } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconX, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { useGroup } from "./ChartGroup";
import { instant } from "./ticks";
import classes from "./ZoomBar.module.css";
import { beside, closer, wider } from "./zoom";

export function ZoomBar(): React.ReactNode {
  const { zoom, setZoom } = useGroup();
  if (!zoom) return null;
  const [from, to] = zoom;
  const now = Date.now() / 1000;
  // The day where it is another one, seconds where minutes would not tell the ends apart.
  const long = now - from > 20 * 3600 ? 2 * 86_400 : to - from < 600 ? 600 : 3 * 3600;
  const icon = { size: 16, stroke: 1.5 };
  return (
    <section className={classes.bar} aria-label="Zoomed charts">
      <ActionIcon aria-label="Earlier" title="Earlier (<)" onClick={() => setZoom(beside(zoom, -1, now))}>
        <IconChevronLeft {...icon} />
      </ActionIcon>
      <span className={classes.range} role="status">
        <time dateTime={new Date(from * 1000).toISOString()}>{instant(from, long)}</time>
        {" – "}
        <time dateTime={new Date(to * 1000).toISOString()}>{instant(to, long)}</time>
      </span>
      <ActionIcon
        aria-label="Later"
        title="Later (>)"
        disabled={to >= now - 5}
        onClick={() => setZoom(beside(zoom, 1, now))}
      >
        <IconChevronRight {...icon} />
      </ActionIcon>
      <ActionIcon
        aria-label="Closer"
        title="Closer (+)"
        onClick={() => setZoom(closer(zoom, (from + to) / 2, now))}
      >
        <IconZoomIn {...icon} />
      </ActionIcon>
      <ActionIcon aria-label="Wider" title="Wider (−)" onClick={() => setZoom(wider(zoom, now))}>
        <IconZoomOut {...icon} />
      </ActionIcon>
      <ActionIcon aria-label="Zoom out" title="Zoom out (Esc)" onClick={() => setZoom(undefined)}>
        <IconX {...icon} />
      </ActionIcon>
    </section>
  );
}
