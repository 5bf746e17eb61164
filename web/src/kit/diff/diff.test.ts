// How configs become lines, and lines a diff.
import { describe, expect, it } from "vitest";
import sample from "../form/sample.json";
import { changeLines } from "./changes";
import { changes, compare } from "./compare";
import { configLines } from "./configLines";
import { fold } from "./fold";
import type { Line } from "./line";
import { compareWords } from "./words";

const config = {
  server: "S1",
  image: { kind: "image", image: "api:1.4.2" },
  pull: false,
  command: ["serve", "--port", "80"],
  environment: [
    { name: "DB_HOST", value: "db-1.internal" },
    { name: "EMPTY", value: "" },
    { name: "TWO", value: "a\nb" },
  ],
  secret_environment: [{ name: "TOKEN", value: null }],
  ports: [{ container: 80, host: 8080, protocol: "tcp", address: "" }],
  restart: "unless-stopped",
  stop_timeout: 10,
};

const of = (changed: object = {}) =>
  configLines({ ...config, ...changed }, sample.deployment, { S1: "web-2" });
const signs = (before: Line[], after: Line[]) =>
  compare(before, after)
    .filter((row) => row.kind !== "same")
    .map((row) => `${row.kind === "new" ? "+" : "-"} ${row.line.text}`);

describe("lines of a config", () => {
  it("are stable, in the schema's order, with names for ids and no secret", () => {
    expect(of().map((line) => `${line.section}|${line.text}${line.secret ?? ""}`)).toEqual([
      '|server = "web-2"',
      '|image.kind = "image"',
      '|image.image = "api:1.4.2"',
      "|pull = false",
      '|command = ["serve", "--port", "80"]',
      "environment|DB_HOST = db-1.internal",
      'environment|EMPTY = ""',
      'environment|TWO = "a\\nb"',
      "secret_environment|TOKEN = stored",
      "ports|8080:80/tcp",
      '|restart = "unless-stopped"',
      "|stop_timeout = 10",
    ]);
  });

  it("never hold what was typed as a secret", () => {
    const lines = of({ secret_environment: [{ name: "TOKEN", value: "hunter2" }] });
    expect(JSON.stringify(lines)).not.toContain("hunter2");
    expect(lines.find((line) => line.key.includes("TOKEN"))?.secret).toBe("typed");
  });

  it("survive what no schema foresaw", () => {
    expect(configLines({ image: 7, ports: "x", environment: [null, 3] }, sample.deployment)).toHaveLength(4);
    expect(configLines({}, undefined)).toEqual([]);
  });

  it("give a long list a line for each item", () => {
    const command = Array.from({ length: 20 }, (_, n) => `--argument-${n}`);
    expect(of({ command }).filter((line) => line.section === "command")).toHaveLength(20);
  });
});

describe("comparing", () => {
  it("puts a changed line under the old one", () => {
    const after = of({
      image: { kind: "image", image: "api:1.4.1" },
      environment: [
        { name: "DB_HOST", value: "db-2" },
        { name: "NEW", value: "1" },
        { name: "TWO", value: "a\nb" },
      ],
    });
    expect(signs(of(), after)).toEqual([
      '- image.image = "api:1.4.2"',
      '+ image.image = "api:1.4.1"',
      "- DB_HOST = db-1.internal",
      "+ DB_HOST = db-2",
      '- EMPTY = ""',
      "+ NEW = 1",
    ]);
    expect(changes(compare(of(), after))).toBe(4);
  });

  it("finds nothing in the same config, and everything in none", () => {
    expect(signs(of(), of())).toEqual([]);
    expect(compare([], of()).every((row) => row.kind === "new")).toBe(true);
    expect(compare(of(), []).every((row) => row.kind === "gone")).toBe(true);
  });

  it("shows a secret typed anew as changed", () => {
    const rows = compare(of(), of({ secret_environment: [{ name: "TOKEN", value: "x" }] }));
    expect(rows.filter((row) => row.kind !== "same").map((row) => row.kind)).toEqual(["gone", "new"]);
  });

  it("numbers both sides", () => {
    const rows = compare(of(), of({ stop_timeout: 20 }));
    expect(rows.slice(-2).map((row) => [row.before, row.after])).toEqual([
      [12, undefined],
      [undefined, 12],
    ]);
  });

  it("compares a thousand variables in time", () => {
    const many = (salt: string) =>
      of({
        environment: Array.from({ length: 1000 }, (_, n) => ({ name: `N${n}`, value: `${salt}${n % 7}` })),
      });
    const begun = performance.now();
    expect(changes(compare(many("a"), many("b")))).toBe(1000);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

describe("words", () => {
  const marked = (before: string, after: string) => {
    const { before: b, after: a } = compareWords(before, after);
    const show = (parts: typeof a) =>
      parts.map((part) => (part.changed ? `[${part.text}]` : part.text)).join("");
    return [show(b), show(a)];
  };

  it("marks what changed inside a line", () => {
    expect(marked('image = "api:1.4.2"', 'image = "api:1.4.1"')).toEqual([
      'image = "api:[1.4.2]"',
      'image = "api:[1.4.1]"',
    ]);
    expect(marked("A = 40", "A = 20")).toEqual(["A = [40]", "A = [20]"]);
    expect(marked("A = x", "A = ")).toEqual(["A = [x]", "A = "]);
  });

  it("shortens what is long and the same, and shows a change in its middle", () => {
    const [before, after] = marked(
      `${"x".repeat(60_000)}a${"y".repeat(60_000)}`,
      `${"x".repeat(60_000)}b${"y".repeat(60_000)}`,
    );
    expect(before).toContain("[a]");
    expect(after).toContain("[b]");
    expect(after?.length).toBeLessThan(400);
  });
});

describe("folding", () => {
  it("keeps a little around a change and names the section of the rest", () => {
    const shown = fold(compare(of(), of({ stop_timeout: 20 })));
    expect(shown.map((one) => (one.show === "row" ? one.row.line.text : one))).toEqual([
      { show: "section", name: "", skipped: 10 },
      'restart = "unless-stopped"',
      "stop_timeout = 10",
      "stop_timeout = 20",
    ]);
    const ports = fold(compare(of(), of({ ports: [] })));
    expect(ports.filter((one) => one.show === "section")).toEqual([
      { show: "section", name: "ports", skipped: 9 },
    ]);
    expect(ports.at(-1)).toEqual({ show: "end", skipped: 2 });
  });

  it("shows all where all is asked for", () => {
    expect(fold(compare(of(), of()), true).filter((one) => one.show === "row")).toHaveLength(12);
  });
});

describe("recorded changes", () => {
  it("are lines again, cut and noted ones too", () => {
    const { before, after } = changeLines(
      [
        { field: "name", before: '"api"', after: '"api-2"' },
        { field: "config.stop_timeout", before: "10", after: "20" },
        { field: "config.command", before: '["a', after: '["b…' },
        {
          field: "config.secret_environment",
          before: '[{"name":"T","value":"********"}]',
          after: '[{"name":"T","value":"********"}] (a secret value changed)',
        },
      ],
      sample.deployment,
    );
    expect(signs(before, after)).toEqual([
      '- name = "api"',
      '+ name = "api-2"',
      "- stop_timeout = 10",
      "+ stop_timeout = 20",
      '- command = ["a',
      '+ command = ["b…',
      "+ # a secret value changed",
    ]);
  });
});
