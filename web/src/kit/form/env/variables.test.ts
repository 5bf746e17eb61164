// What .env text does to an environment.
import { describe, expect, it } from "vitest";
import { parseEnv } from "../env";
import { readText, taken, variablesOf } from "./variables";

const before = [
  { name: "A", value: "1" },
  { name: "B", value: "2" },
  { name: "", value: "" },
];

describe("taking a file", () => {
  it("changes what is there, adds what is not, drops empty rows, and says so", () => {
    const { variables, words } = taken(before, parseEnv("B=3\nexport C=4\nnothing\nC=5"));
    expect(variables).toEqual([
      { name: "A", value: "1" },
      { name: "B", value: "3" },
      { name: "C", value: "4" },
    ]);
    expect(words).toBe(
      "1 new and 1 changed. Left out: line 3 has no '='; write NAME=value and line 4 gives C again.",
    );
  });

  it("says when there is nothing new, and does not list everything that is wrong", () => {
    expect(taken(before, parseEnv("A=1")).words).toBe("Nothing new.");
    expect(taken([], parseEnv("a\nb\nc\nd\ne")).words).toContain("2 more");
  });

  it("replaces a stored secret", () => {
    expect(taken([{ name: "A", value: null }], parseEnv("A=new")).variables).toEqual([
      { name: "A", value: "new" },
    ]);
  });
});

describe("reading the text view", () => {
  it("keeps a stored secret by its name alone, and wants a value for any other", () => {
    const { variables, problems } = readText("A\nB\nC=x", new Set(["A"]));
    expect(variables).toEqual([
      { name: "A", value: null },
      { name: "B", value: "" },
      { name: "C", value: "x" },
    ]);
    expect(problems).toEqual([{ line: 2, message: "has no value, and none is stored; write B=value" }]);
  });

  it("names what is wrong in the order of the lines", () => {
    const { problems } = readText("A=1\nnone\nA=2\n=x", undefined);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4]);
  });
});

it("reads rows of any shape", () => {
  expect(variablesOf([{ name: "A" }, null, 3, { value: "x" }])).toEqual([
    { name: "A", value: null },
    { name: "", value: null },
    { name: "", value: null },
    { name: "", value: "x" },
  ]);
  expect(variablesOf("x")).toEqual([]);
});
