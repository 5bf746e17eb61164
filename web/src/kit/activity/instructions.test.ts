import { expect, it } from "vitest";
import { Instructions } from "./instructions";

function printed(...texts: string[]) {
  const at = (n: number) => ({ text: texts[n] ?? "", n: n + 1, at: 1000 * (n + 1) });
  return { dropped: 0, settled: texts.length, at };
}

function told(texts: string[], end?: "failed" | "stopped") {
  return new Instructions()
    .read(printed(...texts), end)
    .map(({ place, text, state, seconds }) => [place, text, state, seconds]);
}

it("follows BuildKit, whose steps take turns", () => {
  const lines = [
    '#0 building with "default" instance using docker driver',
    "#1 [internal] load build definition from Dockerfile",
    "#1 DONE 0.0s",
    "#3 [base 1/2] FROM docker.io/library/node:24",
    "#3 CACHED",
    "",
    "#5 [base 2/2] RUN npm ci",
    "#6 [docs 2/2] RUN make docs",
    "#5 0.223 #6 DONE 9.9s",
    "#5 [base 2/2] RUN npm ci",
    "#5 DONE 12.2s",
    "#7 exporting to image",
    "#7 exporting layers 0.0s done",
  ];
  expect(told(lines)).toEqual([
    ["base 1/2", "FROM docker.io/library/node:24", "cached", undefined],
    ["base 2/2", "RUN npm ci", "done", 12.2],
    ["docs 2/2", "RUN make docs", "now", undefined],
    ["", "exporting to image", "now", undefined],
  ]);
  expect(
    told([...lines, '#6 ERROR: process "/bin/sh -c make docs" did not complete'], "stopped"),
  ).toMatchObject([{}, {}, { 2: "failed" }, { 2: "stopped" }]);
});

it("follows the classic builder, which says beginnings only", () => {
  const lines = [
    "Step 1/3 : FROM node:24",
    " ---> 3f1c9c2f7a10",
    "Step 2/3 : WORKDIR /app",
    " ---> Using cache",
    "Step 3/3 : RUN npm ci",
    "added 412 packages in 14s",
  ];
  expect(told(lines)).toEqual([
    ["1/3", "FROM node:24", "done", 2],
    ["2/3", "WORKDIR /app", "cached", undefined],
    ["3/3", "RUN npm ci", "now", undefined],
  ]);
  expect(told(lines, "failed").at(-1)?.[2]).toBe("failed");
  expect(told([...lines, "Successfully built 1d0c3f2a9b77"]).at(-1)).toEqual([
    "3/3",
    "RUN npm ci",
    "done",
    2,
  ]);
});

it("reads on where it left off", () => {
  const instructions = new Instructions();
  instructions.read(printed("Step 1/2 : FROM a"));
  const seen = instructions.read(printed("not looked at again", "Step 2/2 : RUN b"));
  expect(seen.map(({ text, line }) => [text, line])).toEqual([
    ["FROM a", 1],
    ["RUN b", 2],
  ]);
});
