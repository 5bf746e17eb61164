import { expect, it } from "vitest";
import { layersOf, movedSoFar } from "./layers";

function printed(...texts: string[]) {
  return { dropped: 0, end: texts.length, at: (n: number) => ({ text: texts[n] ?? "" }) };
}

it("takes the newest word on each layer", () => {
  const lines = printed(
    "1: Pulling from team/web",
    "aaa: is here already",
    "downloaded 1.0 MB of 4.0 MB in 1 of 2 layers: bbb 25%",
    "downloaded 5.0 MB of 5.0 MB, unpacked 3.0 MB: bbb unpacked 75%, ccc 40%",
    "ddd: pulled, 4.0 MB",
  );
  expect(layersOf(lines)).toEqual([
    { id: "ddd", part: 1, state: "done" },
    { id: "bbb", part: 0.75, state: "unpacking" },
    { id: "ccc", part: 0.4, state: "moving" },
  ]);
  expect(movedSoFar(lines)).toBe("downloaded 5.0 MB of 5.0 MB, unpacked 3.0 MB");
});

it("shows one that has ended as ended, whatever stood before", () => {
  const lines = printed("downloaded 4.0 MB of 4.0 MB: bbb 100%", "bbb: pulled, 4.0 MB");
  expect(layersOf(lines)).toEqual([{ id: "bbb", part: 1, state: "done" }]);
});

it("follows a push, and begins anew with each registry", () => {
  const first = ["push a.example/web:1", "aaa: is there already", "bbb: pushed, 4.0 MB"];
  const second = ["push b.example/web:1", "uploaded 1.0 MB of 4.0 MB: bbb 25%"];
  expect(layersOf(printed(...first))).toEqual([{ id: "bbb", part: 1, state: "done" }]);
  expect(layersOf(printed(...first, ...second))).toEqual([{ id: "bbb", part: 0.25, state: "moving" }]);
  expect(movedSoFar(printed(...first, ...second))).toBe("uploaded 1.0 MB of 4.0 MB");
});

it("finds nothing in other words", () => {
  expect(layersOf(printed("hello", "downloaded everything: yes, 3%"))).toEqual([]);
  expect(movedSoFar(printed("hello"))).toBe("");
});
