// What is said about wrong values.
import { describe, expect, it } from "vitest";
import { complaint } from "./pattern";
import sample from "./sample.json";
import { fieldsOf } from "./schema";
import { validate } from "./validate";
import { blank, blankShape, same, withoutStored, withoutTyped } from "./value";

const fields = new Map(fieldsOf(sample.deployment).map((field) => [field.name, field]));

function get(name: string) {
  const found = fields.get(name);
  if (!found) throw new Error(name);
  return found;
}

function said(name: string, value: unknown): [string, string][] {
  return validate(get(name), value, name).map(({ path, message }) => [path, message]);
}

describe("validation", () => {
  it("finds nothing wrong with defaults", () => {
    for (const [name, field] of fields) {
      if (field.required) continue;
      expect(validate(field, blank(field), name)).toEqual([]);
    }
  });

  it("asks for what is needed by its name", () => {
    expect(said("server", "")).toEqual([["server", "Choose the server."]]);
    expect(said("image", { kind: "image", image: "" })).toEqual([["image.image", "Enter the image."]]);
    expect(said("image", {})).toEqual([["image", "Enter the image."]]);
  });

  it("says the range of a number", () => {
    expect(said("stop_timeout", null)).toEqual([["stop_timeout", "Enter a number from 0 to 3600."]]);
    expect(said("stop_timeout", -1)).toEqual([["stop_timeout", "Enter a number from 0 to 3600."]]);
    expect(said("stop_timeout", 1.5)).toEqual([["stop_timeout", "Enter a whole number from 0 to 3600."]]);
    expect(said("stable_for", 1.5)).toEqual([]);
  });

  it("names the row", () => {
    const ports = [
      { container: 80, host: 0, protocol: "tcp", address: "" },
      { container: 99999, host: -1 },
    ];
    expect(said("ports", ports)).toEqual([
      ["ports[1].container", "Enter a number from 1 to 65535."],
      ["ports[1].host", "Enter a number from 0 to 65535."],
      ["ports[1].protocol", "Choose one."],
      ["ports[1].address", "Enter the address."],
    ]);
  });

  it("says how to make a text fit its pattern", () => {
    expect(said("image", { kind: "image", image: "nginx 1" })[0]?.[1]).toBe(
      "Remove the space: it cannot stand here.",
    );
    expect(said("image", { kind: "image", image: " nginx" })[0]?.[1]).toBe("Remove the space around it.");
    expect(said("image", { kind: "build", build: "B", version: "1.2" })[0]?.[1]).toBe("Write it like 1.4.2.");
    expect(said("volumes", [{ source: "data", target: "data", read_only: false }])[0]?.[1]).toBe(
      "Begin it with /",
    );
    expect(complaint(String.raw`^(/[^\x00]*)?$`, "srv")).toBe("Begin it with /");
    expect(said("environment", [{ name: "A=B", value: "" }])[0]?.[1]).toBe(
      "Remove “=”: it cannot stand here.",
    );
  });

  it("counts characters as core does", () => {
    const image = (length: number) => ({ kind: "image", image: "🚀".repeat(length) });
    expect(said("image", image(512))).toEqual([]);
    expect(said("image", image(514))[0]?.[1]).toBe("Shorten it by 2: no more than 512 characters fit.");
  });

  it("finds a name given twice", () => {
    const rows = [
      { name: "A", value: "1" },
      { name: "A", value: "2" },
    ];
    expect(said("environment", rows)).toEqual([["environment[1].name", "A is given twice; remove one."]]);
  });

  it("wants a value for a secret that is not stored, and none for one that is", () => {
    expect(said("secret_environment", [{ name: "A", value: null }])).toEqual([]);
    expect(said("secret_environment", [{ name: "A", value: "" }])).toEqual([
      ["secret_environment[0].value", "Enter the value, or remove it."],
    ]);
  });

  it("says how many are too many", () => {
    const many = Array.from({ length: 501 }, () => ({ source: "aa", target: "/a", read_only: false }));
    expect(said("volumes", many)).toEqual([["volumes", "No more than 500 fit; remove 1."]]);
  });
});

describe("values", () => {
  it("makes a new secret an empty one, and a copied one too", () => {
    const field = get("secret_environment");
    if (field.kind !== "rows") throw new Error("no rows");
    expect(blankShape(field)).toEqual({ name: "", value: "" });
    expect(withoutStored(field, [{ name: "A", value: null }])).toEqual([{ name: "A", value: "" }]);
    expect(
      withoutTyped(field, [
        { name: "A", value: "s3cret" },
        { name: "B", value: null },
      ]),
    ).toEqual([
      { name: "A", value: "" },
      { name: "B", value: null },
    ]);
  });

  it("compares whatever the order of keys", () => {
    expect(same({ a: [1, { b: null }], c: 2 }, { c: 2, a: [1, { b: null }] })).toBe(true);
    expect(same({ a: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(same([1, 2], [2, 1])).toBe(false);
  });
});
