import { describe, expect, it } from "vitest";
import { textOf, wordsOf } from "./match";
import { cut, type Piece, shownOf } from "./pieces";

const PIECES: Piece[] = [{ text: "api" }, { text: " on ", faint: true }, { text: "web-2" }];
const cuts = (typed: string) =>
  cut(PIECES, wordsOf(typed), textOf(shownOf(PIECES))).map(({ text, marked }) =>
    marked ? `[${text}]` : text,
  );

describe("cut", () => {
  it("marks letters within their pieces", () => {
    expect(cuts("api we")).toEqual(["[api]", " on ", "[we]", "b-2"]);
    expect(cuts("w2")).toEqual(["api", " on ", "[w]", "eb-", "[2]"]);
  });

  it("shows what else was found where nothing that is shown fits", () => {
    const text = textOf("auth-cache", "production redis:7.4");
    const found = cut([{ text: "auth-cache" }], wordsOf("redis"), text);
    expect(found.map((one) => one.text)).toEqual(["auth-cache", "  ", "redis", ":7.4"]);
    expect(found[2]).toMatchObject({ marked: true, faint: true });
  });

  it("leaves a line as it is where nothing is marked", () => {
    expect(cuts("")).toEqual(["api", " on ", "web-2"]);
    expect(cut(PIECES, [], textOf("api on web-2"))[1]).toMatchObject({ faint: true });
  });
});
