import { describe, expect, it } from "vitest";
import { columnsOfPast, each, lacking, lineOf, type PastAnswer } from "./past";

const answer = (more: Partial<PastAnswer> = {}): PastAnswer => ({
  since: "2026-11-27T10:00:00Z",
  step: 60,
  points: 3,
  resolution: 60,
  series: [
    {
      key: "cpu",
      measure: "cpu",
      title: "CPU",
      unit: "percent",
      mean: [1, null, 3],
      least: [0, null, 2],
      greatest: [5, null, 9],
    },
    ...["10", "9", "2"].map((thing) => ({
      key: `core:${thing}`,
      measure: "core",
      title: "Core",
      unit: "percent" as const,
      mean: [1, 1, 1],
      least: [],
      greatest: [],
    })),
  ],
  ...more,
});

describe("columnsOfPast", () => {
  it("puts each point where its time is", () => {
    const { at, columns } = columnsOfPast(answer());
    expect(at.map((time) => time - (at[0] ?? 0))).toEqual([0, 60, 120]);
    expect((at[0] ?? 0) % 3600).toBe(0);
    expect(columns.get("cpu")).toMatchObject({ thing: "", values: [1, null, 3], low: [0, null, 2] });
  });

  it("puts what stands for a longer time into its middle", () => {
    expect((columnsOfPast(answer({ step: 120 })).at[0] ?? 0) % 3600).toBe(60);
  });

  it("leaves out what is not measured yet, but no gap", () => {
    const [cpu] = answer().series;
    const told = (mean: (number | null)[]) => ({
      points: mean.length,
      series: cpu ? [{ ...cpu, mean, least: [], greatest: [] }] : [],
    });
    expect(columnsOfPast(answer(told([1, 2, null, null]))).at).toHaveLength(2);
    expect(columnsOfPast(answer(told([1, null, null, null]))).columns.get("cpu")?.values).toEqual([1, null]);
  });

  it("names the things there are several of, numbers in their order", () => {
    const cores = each(columnsOfPast(answer()), "core");
    expect(cores.map((column) => column.thing)).toEqual(["2", "9", "10"]);
    expect(cores[0]?.low).toBeUndefined();
  });
});

describe("lineOf", () => {
  it("has the same gaps each time it is asked for what is not known", () => {
    const past = columnsOfPast(answer());
    expect(lineOf(past, "cpu").values).toEqual([1, null, 3]);
    expect(lineOf(past, "swap").values).toEqual([null, null, null]);
    expect(lineOf(past, "swap").values).toBe(lineOf(past, "swap").values);
  });
});

describe("lacking", () => {
  it("finds figures that are not known at all, and those with nothing but gaps", () => {
    const [cpu] = answer().series;
    const still = cpu ? [{ ...cpu, key: "swap", mean: [null, null, null] }] : [];
    const past = columnsOfPast(answer({ series: [...answer().series, ...still] }));
    expect(lacking(past, ["cpu", "core:9", "swap", "docker_volumes"])).toEqual(["swap", "docker_volumes"]);
  });
});
