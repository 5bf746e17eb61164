import { expect, it } from "vitest";
import { layersOf, pulledSoFar } from "./layers";

function printed(...texts: string[]) {
  return { dropped: 0, end: texts.length, at: (n: number) => ({ text: texts[n] ?? "" }) };
}

it("takes the newest word on each layer", () => {
  const lines = printed(
    "1: Pulling from team/web",
    "aaa: is here already",
    "downloaded 1.0 MB of 4.0 MB in 1 of 2 layers: bbb 25 %",
    "downloaded 5.0 MB of 5.0 MB, unpacked 3.0 MB: bbb unpacked 75 %, ccc 40 %",
    "ddd: pulled, 4.0 MB",
  );
  expect(layersOf(lines)).toEqual([
    { id: "ddd", part: 1, state: "done" },
    { id: "bbb", part: 0.75, state: "unpacking" },
    { id: "ccc", part: 0.4, state: "downloading" },
  ]);
  expect(pulledSoFar(lines)).toBe("downloaded 5.0 MB of 5.0 MB, unpacked 3.0 MB");
});

it("shows one that has ended as ended, whatever stood before", () => {
  const lines = printed("downloaded 4.0 MB of 4.0 MB: bbb 100 %", "bbb: pulled, 4.0 MB");
  expect(layersOf(lines)).toEqual([{ id: "bbb", part: 1, state: "done" }]);
});

it("finds nothing in other words", () => {
  expect(layersOf(printed("hello", "downloaded everything: yes, 3 %"))).toEqual([]);
  expect(pulledSoFar(printed("hello"))).toBe("");
});
