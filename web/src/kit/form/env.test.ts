// How .env text is read and written.
import { describe, expect, it } from "vitest";
import { fitsText, parseEnv, printEnv } from "./env";

const read = (text: string) =>
  Object.fromEntries(parseEnv(text).pairs.map(({ name, value }) => [name, value]));

describe("reading", () => {
  it.each([
    ["plain", "A=1", { A: "1" }],
    ["export", "export A=1\nexport  B=2", { A: "1", B: "2" }],
    ["more equal signs", "URL=postgres://u:p@h/db?a=b&c=d==", { URL: "postgres://u:p@h/db?a=b&c=d==" }],
    ["spaces around", "  A =  1  ", { A: "1" }],
    ["an empty value", "A=\nB=", { A: "", B: "" }],
    ["single quotes, taken as they are", "A='a \\n $b # c'", { A: "a \\n $b # c" }],
    ["double quotes with escapes", 'A="a\\nb\\t\\"c\\" \\$d \\\\ \\x"', { A: 'a\nb\t"c" $d \\ \\x' }],
    ["a comment behind", 'A=1 # one\nB="x" # two\nC=a#b', { A: "1", B: "x", C: "a#b" }],
    ["CRLF and a lone CR", "A=1\r\nB=2\rC=3", { A: "1", B: "2", C: "3" }],
    ["a byte order mark", "\uFEFFA=1", { A: "1" }],
    ["unicode", "GRÜSSE=größe 🚀 日本\nاسم=قيمة", { GRÜSSE: "größe 🚀 日本", اسم: "قيمة" }],
    [
      "a value over lines",
      'KEY="-----BEGIN\nabc\n-----END"\nB=2',
      { KEY: "-----BEGIN\nabc\n-----END", B: "2" },
    ],
    ["a quote that never closes", 'A="open\nB=2', { A: '"open', B: "2" }],
    ["something behind a quoted value", 'A="x" y', { A: '"x" y' }],
    ["a quote in the middle", "A=it's", { A: "it's" }],
    ["no interpolation", "A=$B $(b)", { A: "$B $(b)" }],
  ])("%s", (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it("counts comments and skips blank lines", () => {
    expect(parseEnv("# a\n\n  # b\nA=1")).toMatchObject({ comments: 2, wrong: [], pairs: [{ line: 4 }] });
  });

  it("names each line that is none", () => {
    expect(parseEnv("A=1\nnot one\n=x").wrong).toEqual([
      { line: 2, message: "has no '='; write NAME=value" },
      { line: 3, message: "has no name before the '='" },
    ]);
  });

  it("flags duplicates with both lines and keeps the first", () => {
    const found = parseEnv("A=1\nB=2\nA=3");
    expect(found.duplicates).toEqual([{ line: 3, name: "A", first: 1 }]);
    expect(found.pairs.map((pair) => pair.value)).toEqual(["1", "2"]);
  });

  it("takes a lone name only where one may stand", () => {
    expect(parseEnv("TOKEN", { lone: true }).pairs).toEqual([{ name: "TOKEN", value: null, line: 1 }]);
    expect(parseEnv("two words", { lone: true }).wrong).toHaveLength(1);
    expect(parseEnv("TOKEN").wrong).toHaveLength(1);
  });

  it("counts lines behind a value over lines", () => {
    expect(parseEnv('A="1\n2"\nB=3\nB=4').duplicates).toEqual([{ line: 4, name: "B", first: 3 }]);
  });

  it("reads a thousand lines, and a long one, at once", () => {
    const lines = Array.from({ length: 1000 }, (_, n) => `NAME_${n}="value ${n}`);
    const begun = performance.now();
    expect(parseEnv([...lines, `LONG=${"x".repeat(131072)}`].join("\n")).pairs).toHaveLength(1001);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

describe("writing", () => {
  const awkward = [
    "plain",
    "",
    " led by a space",
    "trailing ",
    "two\nlines",
    "cr\rin it",
    '"quoted"',
    "it's",
    "a # b",
    "#a",
    "a#b",
    "back\\slash",
    " C:\\new\\table ",
    "$x",
    "tab\there",
    "🚀",
    "=",
    "a=b",
    "'",
    '"',
    "\\",
    "\\n",
    "x\u00a0",
    "\u2028",
  ];

  it.each(awkward.map((value) => [JSON.stringify(value), value]))("gives %s back", (_, value) => {
    const pairs = [
      { name: "A", value },
      { name: "B", value: "after" },
    ];
    expect(parseEnv(printEnv(pairs)).pairs.map(({ value: read }) => read)).toEqual([value, "after"]);
  });

  it("knows which names text cannot hold", () => {
    expect(fitsText([{ name: "A", value: null }], true)).toBe(true);
    expect(fitsText([{ name: "#A", value: "1" }], false)).toBe(false);
    expect(fitsText([{ name: "export A", value: "1" }], false)).toBe(false);
    expect(fitsText([{ name: "two words", value: "1" }], false)).toBe(true);
  });
});
