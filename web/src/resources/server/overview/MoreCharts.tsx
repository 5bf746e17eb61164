/** MoreCharts: every other figure of a server over the same time: what cpu time went to, load, pressure, each thing. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useParam } from "~/app/param";
import { useGroup } from "~/kit/chart/ChartGroup";
import { lineOf, type PastColumns } from "~/kit/chart/past";
import type { Line } from "~/kit/chart/props";
import { TimeChart } from "~/kit/chart/TimeChart";
import { type Live, usePast } from "~/kit/chart/usePast";
import { percent } from "~/kit/units";
import type { ServerResource } from "../model";
import classes from "./MoreCharts.module.css";
import { type Chart, charts } from "./more";

interface Props {
  server: ServerResource;
  seconds: number;
  live: Live;
}

export function MoreCharts(props: Props): React.ReactNode {
  const [shown, show] = useParam("figures");
  const open = shown === "all";
  return (
    <section className={classes.more} aria-label="More charts">
      <div className={classes.line}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={open}
          onClick={() => show(open ? undefined : "all")}
        >
          {open ? "Fewer charts" : "More charts: CPU time, load, pressure, each disk, interface and core"}
        </button>
        <Link className={classes.toggle} to="/compare" search={{ servers: props.server.name } as never}>
          Compare with other servers, or with another time
        </Link>
      </div>
      {open && <All {...props} />}
    </section>
  );
}

const NAMES: readonly string[] = [
  ...(["cpu_user", "cpu_system", "cpu_iowait", "cpu_steal", "load", "load15", "memory_cache"] as const),
  ...(["memory_arc", "swap", "inodes", "pressure_cpu", "pressure_memory", "pressure_io"] as const),
  ...([
    "docker_images",
    "docker_build_cache",
    "docker_volumes",
    "docker_containers",
    "failed_units",
  ] as const),
  ...(["disk_used", "disk_total", "interface_received", "interface_sent"] as const),
  ...(["device_read", "device_written", "sensor", "gpu", "gpu_memory", "core"] as const),
];

function All({ server, seconds, live }: Props): React.ReactNode {
  const { zoom } = useGroup();
  const past = usePast({ path: `/servers/${server.id}/usage_history`, metrics: NAMES }, seconds, zoom, live);
  const found = useMemo(() => charts(past), [past.columns]);
  if (past.problem) return <p className="muted small">{past.problem.body.detail}</p>;
  return (
    <div className={classes.charts}>
      {found.map((chart) => (
        <One key={chart.title} chart={chart} past={past} />
      ))}
      {past.ready && found.length === 0 && (
        <p className="muted small">
          {live.newest !== undefined && !zoom
            ? "The first figures are kept within ten seconds."
            : "Nothing was kept from this time."}
        </p>
      )}
    </div>
  );
}

function One({ chart, past }: { chart: Chart; past: PastColumns }): React.ReactNode {
  const series: Line[] = chart.lines.map(({ label, column, second }) => ({
    label,
    ...lineOf(past, column.key),
    ...(second && { second }),
  }));
  return (
    <TimeChart
      title={chart.title}
      at={past.at}
      unit={chart.unit}
      series={series}
      max={chart.max}
      height={56}
      {...(chart.unit === "percent" && { format: percent })}
      {...(chart.note && { note: chart.note })}
    />
  );
}
