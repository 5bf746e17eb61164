// Three-way merges, and drafts on moving ground.
import { beforeEach, describe, expect, it } from "vitest";
import { CLEAN, edited, isDirty, rebased, shown, undone, unsaved } from "./draft";
import { keep, recall } from "./kept";
import { merge } from "./merge";
import sample from "./sample.json";
import { fieldsOf } from "./schema";

const fields = new Map(fieldsOf(sample.deployment).map((field) => [`config.${field.name}`, field]));

function field(name: string) {
  const found = fields.get(`config.${name}`);
  if (!found) throw new Error(name);
  return found;
}

const env = (values: Record<string, string>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));
const mergeEnv = (base: object, theirs: object, mine: object, choices = {}) =>
  merge(
    field("environment"),
    "config.environment",
    { base: env({ ...base }), theirs: env({ ...theirs }), mine: env({ ...mine }) },
    choices,
  );

describe("merging one field", () => {
  it("takes the only side that changed", () => {
    const network = (base: string, theirs: string, mine: string) =>
      merge(field("network"), "config.network", { base, theirs, mine });
    expect(network("a", "a", "b")).toEqual({ value: "b", clashes: [] });
    expect(network("a", "b", "a")).toEqual({ value: "b", clashes: [] });
    expect(network("a", "b", "b")).toEqual({ value: "b", clashes: [] });
  });

  it("asks where both changed it differently", () => {
    const sides = { base: "a", theirs: "b", mine: "c" };
    const clash = { path: "config.network", ...sides };
    expect(merge(field("network"), "config.network", sides)).toEqual({ value: "c", clashes: [clash] });
    expect(merge(field("network"), "config.network", sides, { "config.network": "theirs" }).value).toBe("b");
    expect(merge(field("network"), "config.network", sides, { "config.network": "base" }).value).toBe("a");
  });

  it("merges rows by name", () => {
    const merged = mergeEnv(
      { A: "1", B: "1", C: "1" },
      { A: "2", B: "1", NEW: "t" },
      { A: "1", B: "2", C: "1", MINE: "m" },
    );
    expect(merged).toEqual({ value: env({ A: "2", B: "2", NEW: "t", MINE: "m" }), clashes: [] });
  });

  it("asks for one row only, and for removed against changed", () => {
    const merged = mergeEnv({ A: "1", B: "1" }, { A: "2" }, { A: "3", B: "9" });
    expect(merged.clashes.map((clash) => [clash.path, clash.theirs, clash.mine])).toEqual([
      ["config.environment[A]", { name: "A", value: "2" }, { name: "A", value: "3" }],
      ["config.environment[B]", undefined, { name: "B", value: "9" }],
    ]);
    const choices = { "config.environment[A]": "theirs", "config.environment[B]": "theirs" } as const;
    expect(mergeEnv({ A: "1", B: "1" }, { A: "2" }, { A: "3", B: "9" }, choices).value).toEqual(
      env({ A: "2" }),
    );
  });

  it("asks for the whole list where rows have no names of their own", () => {
    const twice = [...env({ A: "1" }), ...env({ A: "2" })];
    const sides = { base: env({ A: "1" }), theirs: env({ A: "3" }), mine: twice };
    expect(merge(field("environment"), "e", sides).clashes).toHaveLength(1);
    const port = (container: number) => [{ container, host: 0, protocol: "tcp", address: "" }];
    expect(
      merge(field("ports"), "p", { base: port(1), theirs: port(2), mine: port(3) }).clashes,
    ).toHaveLength(1);
  });
});

describe("a draft", () => {
  const live = { name: "api", "config.network": "bridge", "config.environment": env({ A: "1" }) };

  it("lets live changes into untouched fields", () => {
    const draft = edited(CLEAN, live, 3, "config.network", "web");
    expect(shown(draft, { ...live, name: "api-2" })).toMatchObject({
      name: "api-2",
      "config.network": "web",
    });
    expect(draft.revision).toBe(3);
  });

  it("is clean again when a value is put back", () => {
    const draft = edited(CLEAN, live, 3, "config.network", "web");
    expect(isDirty(edited(draft, live, 3, "config.network", "bridge"))).toBe(false);
    expect(isDirty(undone(draft, "config.network"))).toBe(false);
  });

  it("keeps both sides' changes on a newer revision", () => {
    const draft = edited(CLEAN, live, 3, "config.environment", env({ A: "1", MINE: "m" }));
    const newer = { ...live, "config.environment": env({ A: "2" }) };
    const { draft: next, clashes } = rebased(draft, fields, newer, 4);
    expect(clashes).toEqual([]);
    expect(next.revision).toBe(4);
    expect(shown(next, newer)["config.environment"]).toEqual(env({ A: "2", MINE: "m" }));
  });

  it("is nothing where all of it was stored after all", () => {
    const draft = edited(CLEAN, live, 3, "config.network", "web");
    expect(isDirty(unsaved(draft, { ...live, "config.network": "web" }))).toBe(false);
    expect(isDirty(unsaved(draft, live))).toBe(true);
  });

  it("forgets an edit somebody else saved too", () => {
    const draft = edited(CLEAN, live, 3, "config.network", "web");
    expect(isDirty(rebased(draft, fields, { ...live, "config.network": "web" }, 4).draft)).toBe(false);
  });
});

describe("a kept draft", () => {
  beforeEach(() => sessionStorage.clear());
  const live = { "config.network": "bridge", "config.secret_environment": [] };

  it("comes back", () => {
    const draft = edited(CLEAN, live, 3, "config.network", "web");
    keep("deployment.1", draft, fields, 5);
    expect(recall("deployment.1", fields)).toEqual({ draft, at: 5, lostSecret: false });
    keep("deployment.1", CLEAN, fields, 6);
    expect(recall("deployment.1", fields)).toBeUndefined();
  });

  it("never holds a secret", () => {
    const typed = [{ name: "TOKEN", value: "s3cret" }];
    keep("deployment.1", edited(CLEAN, live, 3, "config.secret_environment", typed), fields, 5);
    expect(sessionStorage.getItem("monitor.draft.deployment.1")).not.toContain("s3cret");
    const kept = recall("deployment.1", fields);
    expect(kept?.lostSecret).toBe(true);
    expect(kept?.draft.edits["config.secret_environment"]?.value).toEqual([{ name: "TOKEN", value: "" }]);
  });

  it.each([["{"], ["7"], ['{"draft":{}}'], ['{"at":1,"draft":{"revision":1,"edits":{"x":1}}}']])(
    "is ignored where it cannot be read: %s",
    (text) => {
      sessionStorage.setItem("monitor.draft.deployment.1", text);
      expect(recall("deployment.1", fields)).toBeUndefined();
    },
  );
});
