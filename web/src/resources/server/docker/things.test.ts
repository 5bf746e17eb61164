import { expect, test } from "vitest";
import { imageName, isUsed, shortId, standingOf, usersOf, volumeName } from "./things";

const ID = `sha256:${"ab".repeat(32)}`;
const web = { type: "deployment", id: "1", name: "web", releases: [] };

test("an image is called by what it has", () => {
  expect(imageName({ id: ID, tags: ["web:1", "web:2"], digests: [] })).toBe("web:1");
  expect(imageName({ id: ID, tags: [], digests: [`web@${ID}`] })).toBe("web@abababababab…");
  expect(imageName({ id: ID, tags: [], digests: [] })).toBe("abababababab");
  expect(shortId(ID)).toBe("abababababab");
  expect(volumeName({ name: "ab".repeat(32), anonymous: true })).toBe("abababababab…");
});

test("what others use is used, though one may not see by whom", () => {
  expect(isUsed({ used_by: [], others: 1 })).toBe(true);
  expect(isUsed({ used_by: [], others: 0 })).toBe(false);
  expect(usersOf({ used_by: [web], others: 2 })).toBe("web, 2 you may not see");
});

test("how a thing stands", () => {
  expect(standingOf({ used_by: [web], others: 0, dangling: true }).word).toBe("In use");
  expect(standingOf({ used_by: [], others: 0, dangling: true }).word).toBe("Dangling");
  expect(standingOf({ used_by: [], others: 0, builtin: true }).word).toBe("Docker’s own");
  expect(standingOf({ used_by: [], others: 0 }).word).toBe("Unused");
});
