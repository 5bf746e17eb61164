import { describe, expect, it } from "vitest";
import { clockOffset, NAMES, type Row, rowOf, rowsOf, type Sample, seriesOf, thinned } from "./series";

const figures = (value: number) => Object.fromEntries(NAMES.map((name) => [name, value]));
const row = (at: number, step: number, cpu = at): Row => ({ ...figures(cpu), at, step }) as Row;
const every = (step: number, from: number, to: number): Row[] => {
  const rows: Row[] = [];
  for (let at = from; at <= to; at += step) rows.push(row(at, step));
  return rows;
};

describe("seriesOf", () => {
  it("puts live samples after kept ones", () => {
    const { at, columns } = seriesOf(every(5, 0, 20), every(1, 22, 24), 3600);
    expect(at).toEqual([0, 5, 10, 15, 20, 22, 23, 24]);
    expect(columns.cpu).toEqual(at);
    expect(columns.disk).toHaveLength(at.length);
  });

  it("takes live samples where it has both", () => {
    expect(seriesOf(every(5, 0, 30), every(1, 8, 22), 3600).at).toEqual([
      0,
      5,
      ...every(1, 8, 22).map((one) => one.at),
      30,
    ]);
  });

  it("fills a hole between live samples with kept ones", () => {
    const live = [...every(1, 0, 10), ...every(1, 60, 62)];
    const { at, columns } = seriesOf(every(5, 0, 62), live, 3600);
    expect(at.filter((time) => time > 10 && time < 60)).toEqual([15, 20, 25, 30, 35, 40, 45, 50, 55]);
    expect(columns.cpu).not.toContain(null);
  });

  it("marks a time without samples as a gap", () => {
    const { at, columns } = seriesOf([...every(5, 0, 10), ...every(5, 40, 45)], [], 3600);
    expect(at).toEqual([0, 5, 10, 15, 40, 45]);
    expect(columns.cpu).toEqual([0, 5, 10, null, 40, 45]);
    expect(columns.sent[3]).toBeNull();
  });

  it("takes no late sample for a gap", () => {
    expect(seriesOf(every(5, 0, 10), [row(22, 1), row(24, 1)], 3600).columns.cpu).not.toContain(null);
    expect(seriesOf([], [row(0, 1), row(2.4, 1)], 3600).columns.cpu).not.toContain(null);
    expect(seriesOf([], [row(0, 1), row(2.6, 1)], 3600).columns.cpu).toEqual([0, null, 2.6]);
  });

  it("drops what left the window", () => {
    expect(seriesOf(every(5, 0, 3000), every(1, 3001, 3600), 60).at[0]).toBe(3540);
  });

  it("knows of nothing", () => {
    expect(seriesOf([], [], 60).at).toEqual([]);
  });

  it("takes little time for an hour of samples", () => {
    const recent = every(5, 0, 3600);
    const live = every(1, 1800, 3600);
    const took = Array.from({ length: 20 }, () => {
      const begun = performance.now();
      seriesOf(recent, live, 3600);
      return performance.now() - begun;
    });
    expect(Math.min(...took)).toBeLessThan(20);
  });
});

describe("thinned", () => {
  it("keeps half an hour of every sample and the rest like core does", () => {
    const kept = thinned(every(1, 0, 3700), 3600, 5);
    expect(kept[0]?.at).toBe(100);
    expect(kept[1]).toMatchObject({ at: 105, step: 5 });
    expect(kept.filter((one) => one.at >= 1900)).toHaveLength(1801);
    expect(kept.length).toBe(1801 + 360);
    expect(seriesOf([], kept, 3600).columns.cpu).not.toContain(null);
  });

  it("changes nothing when done again", () => {
    const once = thinned(every(1, 0, 3700), 3600, 5);
    expect(thinned(once, 3600, 5)).toEqual(once);
  });
});

describe("rows", () => {
  it("come from what core kept", () => {
    const series = NAMES.map((name) => ({ key: name, mean: [1, null, 2] }));
    const past = { since: "2026-11-26T12:00:00Z", step: 10, points: 3, resolution: 10, series };
    const rows = rowsOf(past as unknown as Parameters<typeof rowsOf>[0]);
    expect(rows.map((one) => [one.at % 60, one.step, one.cpu])).toEqual([
      [0, 10, 1],
      [20, 10, 2],
    ]);
  });

  it("count real interfaces only, all devices, the fullest disk", () => {
    const sample: Sample = {
      at: "",
      cpu: 12,
      load: [1, 2, 3],
      memory_total: 200,
      memory_used: 50,
      disks: [
        { mount: "/", total: 100, used: 40 },
        { mount: "/data", total: 1000, used: 900 },
      ],
      interfaces: ["eth0", "lo", "docker0", "veth12", "br-3", "wg0"].map((name) => ({
        name,
        received: 10,
        sent: 1,
      })),
      disk_io: [
        { name: "a", read: 1, written: 2 },
        { name: "b", read: 3, written: 4 },
      ],
    };
    const made = rowOf(sample, 7);
    expect(made).toMatchObject({ at: 7, step: 1, cpu: 12, memory: 25, received: 20, sent: 2 });
    expect(made).toMatchObject({ read: 4, written: 6, disk: 90, load: 1 });
  });
});

describe("clockOffset", () => {
  it("leaves a good clock alone, also after a time without samples", () => {
    expect(clockOffset(1003, 1000, 1002)).toBe(0);
    expect(clockOffset(1600, 1000, 1601)).toBe(0);
  });

  it("believes core rather than a browser that is late", () => {
    expect(clockOffset(5000, 4998, 1000)).toBe(0);
  });

  it("moves a host that lives in another time", () => {
    expect(clockOffset(1000 - 7200, 1000, 1000)).toBe(7200);
    expect(clockOffset(9000, 1000, 1002)).toBe(-8000);
  });
});
