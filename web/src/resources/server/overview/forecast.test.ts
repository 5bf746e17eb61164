import { expect, test } from "vitest";
import { forecast } from "./forecast";

const every = (seconds: number, count: number) => Array.from({ length: count }, (_, i) => 1000 + i * seconds);

test("a disk that grows steadily is full when the line says so", () => {
  const at = every(5, 361);
  const found = forecast(
    at,
    at.map((t) => 93 + ((t - 1000) / 3600) * 0.75),
  );
  expect(found?.growth).toBeCloseTo(0.75, 3);
  expect((found?.left ?? 0) / 3600).toBeCloseTo((7 - 0.375) / 0.75, 2);
});

test("percents told to a tenth are enough", () => {
  const at = every(5, 361);
  const found = forecast(
    at,
    at.map((t) => Math.round((93 + ((t - 1000) / 3600) * 0.75) * 10) / 10),
  );
  expect(found?.growth).toBeGreaterThan(0.6);
  expect(found?.growth).toBeLessThan(0.9);
});

test("nothing is foretold from noise, a shrinking disk, a short look or gaps alone", () => {
  const at = every(5, 361);
  expect(
    forecast(
      at,
      at.map((_, i) => 93 + (i % 2) * 0.1),
    ),
  ).toBeUndefined();
  expect(
    forecast(
      at,
      at.map((_, i) => 93 - i * 0.01),
    ),
  ).toBeUndefined();
  expect(
    forecast(
      every(5, 100),
      every(5, 100).map((_, i) => 50 + i),
    ),
  ).toBeUndefined();
  expect(
    forecast(
      at,
      at.map(() => null),
    ),
  ).toBeUndefined();
  expect(forecast([], [])).toBeUndefined();
});

test("what is far away is not foretold", () => {
  const at = every(10, 361);
  expect(
    forecast(
      at,
      at.map((t) => 20 + ((t - 1000) / 3600) * 0.16),
    ),
  ).toBeUndefined();
});
