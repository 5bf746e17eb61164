import { expect, test } from "vitest";
import type { ServerResource } from "~/resources/server/model";
import { nameForHere, nameProblem, waitingOf } from "./names";

test("a name is what core takes", () => {
  expect(["web-8", "db.eu", "a1", "x_y"].map((name) => nameProblem(name, []))).toEqual(
    Array(4).fill(undefined),
  );
  for (const name of ["", "a", "Web", "-web", "web-", "a--b", "ä1", "a b", "x".repeat(64)])
    expect(nameProblem(name, []), name).toBeTypeOf("string");
  expect(nameProblem("web-8", [{ name: "web-8" }])).toBe("There is a server web-8 already");
});

test("only those wait that nobody joined and that one may join", () => {
  const server = (name: string, state: string, can: string[] = ["server.join_token"]) =>
    ({ name, status: { state }, can }) as unknown as ServerResource;
  const all = [
    server("b-10", "waiting"),
    server("b-9", "waiting"),
    server("c", "up"),
    server("d", "waiting", []),
  ];
  expect(waitingOf(all).map((one) => one.name)).toEqual(["b-9", "b-10"]);
});

test("this machine is called like the page's host where that is a name", () => {
  expect(nameForHere("vault.example.org", [])).toBe("vault");
  expect(nameForHere("localhost", [])).toBe("this-machine");
  expect(nameForHere("10.0.0.1", [])).toBe("this-machine");
  expect(nameForHere("::1", [])).toBe("this-machine");
  expect(nameForHere("vault", [{ name: "vault" }, { name: "vault-2" }])).toBe("vault-3");
});
