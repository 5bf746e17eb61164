import { beforeEach, describe, expect, it } from "vitest";
import { noteUsed, readUsed, type Used, withUsed } from "./recent";

const page = (path: string, at: number): Used => ({ path, at });

describe("recent", () => {
  beforeEach(() => localStorage.clear());

  it("keeps the newest first, each once", () => {
    noteUsed(page("/servers", 1));
    noteUsed(page("/builds", 2));
    noteUsed({ operation: "deployment.deploy", type: "deployment", id: "A", at: 3 });
    noteUsed({ operation: "deployment.deploy", type: "deployment", id: "B", at: 4 });
    noteUsed(page("/servers", 5));
    expect(readUsed().map((used) => ("path" in used ? used.path : used.id))).toEqual([
      "/servers",
      "B",
      "A",
      "/builds",
    ]);
  });

  it("keeps thirty", () => {
    let kept: Used[] = [];
    for (let i = 0; i < 40; i++) kept = withUsed(kept, page(`/${i}`, i));
    expect([kept.length, kept[0]?.at, kept.at(-1)?.at]).toEqual([30, 39, 10]);
  });

  it("takes nothing strange from the storage", () => {
    localStorage.setItem(
      "monitor.recent",
      '[{"path":"/a","at":1},{"path":2},null,{"at":1,"operation":"x"},7]',
    );
    expect(readUsed()).toEqual([{ path: "/a", at: 1 }]);
    localStorage.setItem("monitor.recent", "{not json");
    expect(readUsed()).toEqual([]);
  });
});
