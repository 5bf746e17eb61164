import { describe, expect, it } from "vitest";
import { completed, fileProblems, knownNames, nameAt, offered } from "./completion";

it("knows the names of others, the most used first, secret ones and those in files too", () => {
  const configs = [
    { environment: [{ name: "PORT", value: "1" }], secret_environment: [{ name: "TOKEN", value: null }] },
    { environment: [{ name: "PORT", value: "2" }, null, { name: "not a name", value: "" }] },
    {
      env_files: [{ name: "web.env", content: "# x\nLOG_LEVEL=info\n" }],
      labels: [{ name: "team", value: "a" }],
    },
    { secret_env_files: [{ name: "s.env", content: null }] },
  ];
  expect(knownNames(configs, "environment")).toEqual(["PORT", "LOG_LEVEL", "TOKEN"]);
  expect(knownNames(configs, "labels")).toEqual(["team"]);
});

describe("while a name is typed", () => {
  it("finds it, and nothing in values and comments", () => {
    expect(nameAt("A=1\nDB_", 7)).toEqual({ from: 4, typed: "DB_" });
    expect(nameAt("export PA", 9)).toEqual({ from: 7, typed: "PA" });
    for (const text of ["A=val", "# DB", "", "two words"]) expect(nameAt(text, text.length)).toBeUndefined();
  });

  it("offers what begins so, then what holds it, but nothing twice", () => {
    const known = ["URL", "DB_URL", "DB_HOST", "PORT"];
    expect(offered(known, "db", "db")).toEqual(["DB_URL", "DB_HOST"]);
    expect(offered(known, "url", "DB_URL=x\nurl")).toEqual(["URL"]);
    expect(offered(known, "PORT", "PORT")).toEqual([]);
  });

  it("puts the name and its equals sign in", () => {
    expect(completed("A=1\nDB", 6, "DB_URL")).toEqual({ text: "A=1\nDB_URL=", caret: 11 });
    expect(completed("DB=x", 2, "DB_URL")).toEqual({ text: "DB_URL=x", caret: 7 });
  });
});

it("names the lines of a file that are none", () => {
  expect(fileProblems("A=1\n\n# c\nnothing\n=x\nA B=1").map(({ line }) => line)).toEqual([4, 5, 6]);
});
