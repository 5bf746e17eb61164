import { expect, it } from "vitest";
import type { PlacedContainer } from "~/pages/containers/placed";
import { adoptable, adoptPath, variablesOf } from "./adopt";

const placed = (deployment: string, labels: [string, string][] = []) =>
  ({ server: "S1", deployment, container: { id: "C1", labels } }) as unknown as PlacedContainer;

it("takes what is nobody's", () => {
  expect(adoptable(placed(""))).toBe(true);
  expect(adoptable(placed("D1"))).toBe(false);
  expect(adoptable(placed("", [["monitor.core", "other"]]))).toBe(false);
  expect(adoptPath(placed(""))).toBe("/deployments/adopt?server=S1&container=C1");
});

it("tells no secret's value", () => {
  const config = { environment: [{ name: "B", value: "1" }], secret_environment: [{ name: "A" }] };
  expect(variablesOf(config)).toEqual([
    { name: "A", value: undefined },
    { name: "B", value: "1" },
  ]);
});
