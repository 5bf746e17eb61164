import { describe, expect, it } from "vitest";
import { plain, shown, spans, styleAfter } from "./control";
import { PLAIN } from "./style";

const seen = (raw: string) => plain(shown(raw));

describe("shown", () => {
  it("leaves plain text alone, the same string", () => {
    const text = "GET /v1/me\t200 – naïve 日本語 \uFFFD";
    expect(shown(text)).toBe(text);
  });

  it("keeps colours and drops every other sequence", () => {
    expect(shown("\x1b[31mred\x1b[0m")).toBe("\x1b[31mred\x1b[0m");
    expect(shown("\x1b[2J\x1b[Hcleared\x1b[?25l\x1b[1A\x1b[K")).toBe("cleared");
    expect(shown("\x1b(Bascii\x1b=\x1bM\x07\x00")).toBe("ascii");
    expect(shown("\x1b[>4;2mprivate")).toBe("private");
  });

  it("drops titles, clipboard writes and hyperlinks with what they carry, and keeps a link's text", () => {
    expect(shown("\x1b]0;owned\x07title")).toBe("title");
    expect(shown("\x1b]52;c;Zm9v\x1b\\clip")).toBe("clip");
    expect(shown("\x1b]8;;javascript:alert(1)\x1b\\a link\x1b]8;;\x1b\\")).toBe("a link");
    expect(shown("\x1bP1$r0m\x1b\\dcs\x1b_apc\x1b\\")).toBe("dcs");
  });

  it("shows nothing of a sequence that has not ended yet", () => {
    expect(shown("text\x1b")).toBe("text");
    expect(shown("text\x1b[38;5")).toBe("text");
    expect(shown("text\x1b]0;half a ti")).toBe("text");
  });

  it("does not lose the line behind a string that never ends", () => {
    expect(shown(`\x1b]0;${"x".repeat(5000)}`)).toContain("xxxx");
  });

  it("shows the last state of a progress line", () => {
    expect(seen("progress  10%\rprogress  55%\rprogress 100%")).toBe("progress 100%");
    expect(seen("done.\r")).toBe("done.");
    expect(seen("Sending context  31kB\r\r")).toBe("Sending context  31kB");
    expect(seen("\rfirst")).toBe("first");
  });

  it("keeps colours set before a return", () => {
    expect(spans(shown("\x1b[31ma\rb"), PLAIN)).toEqual([{ text: "b", style: { fg: 1 } }]);
    expect(spans(shown("\x1b[31ma\x1b[0m\rb"), PLAIN)).toEqual([{ text: "b", style: {} }]);
    expect(styleAfter(shown("\x1b[31ma\r\x1b[0m"), PLAIN)).toEqual({});
  });

  it("lets a backspace take back a character, not a colour", () => {
    expect(seen("10%\b\b\b20%")).toBe("20%");
    expect(seen("\x1b[32mok\x1b[0m\b\bno")).toBe("no");
    expect(seen("\b\bx")).toBe("x");
  });
});

describe("spans", () => {
  it("cuts where the style changes", () => {
    expect(spans("a\x1b[1mb\x1b[22mc", { fg: 1 })).toEqual([
      { text: "a", style: { fg: 1 } },
      { text: "b", style: { fg: 1, bold: true } },
      { text: "c", style: { fg: 1 } },
    ]);
  });

  it("has none for an empty line", () => {
    expect(spans("", PLAIN)).toEqual([]);
    expect(spans("\x1b[31m", PLAIN)).toEqual([]);
  });
});
