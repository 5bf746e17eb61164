import { expect, test } from "vitest";
import type { Build } from "~/api/types";
import { repository, revision, sourceName } from "./words";

test("repositories are told by their path", () => {
  expect(repository("https://git.example.com/acme/admin.git")).toBe("acme/admin");
  expect(repository("git@git.example.com:acme/admin.git")).toBe("acme/admin");
  expect(repository("ssh://git@host:22/a/b/")).toBe("a/b");
  expect(repository("https://host/")).toBe("https://host/");
});

test("a revision is what was asked for and what was built", () => {
  const made = (source: object, commit: string, branch = "") =>
    ({
      config: { source: { branch: "", tag: "", commit: "", ...source } },
      info: { commit, branch },
    }) as unknown as Build;
  expect(revision(made({ branch: "main" }, "976fe6e47c38"))).toBe("main@976fe6e");
  expect(revision(made({ branch: "main" }, ""))).toBe("main");
  expect(revision(made({ branch: "main" }, "976fe6e47c38", "release/1"))).toBe("release/1@976fe6e");
  expect(revision(made({}, ""))).toBe("default branch");
  expect(revision(made({ commit: "976fe6e47c38" }, "976fe6e47c38"))).toBe("976fe6e");
});

test("a build need not come from a repository", () => {
  const made = (source: object | null, written: string) =>
    ({ config: { source, written }, info: { commit: "" } }) as unknown as Build;
  expect(sourceName(made({ url: "https://git.example/a/b.git" }, ""))).toBe("a/b");
  expect(sourceName(made(null, "FROM scratch"))).toBe("its own Dockerfile");
  expect(sourceName(made(null, " "))).toBe("no source yet");
  expect(revision(made(null, "FROM scratch"))).toBe("");
});
