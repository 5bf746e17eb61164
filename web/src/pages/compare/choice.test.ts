import { expect, test } from "vitest";
import { compareWith, containerName, earlierOf, kindOf, MOST, readNames } from "./choice";

test("each once, in order, and not too many", () => {
  expect(readNames("web-2,web-1,web-2")).toEqual(["web-2", "web-1"]);
  expect(readNames("a,b,c,d,e,f,g")).toHaveLength(MOST);
  expect(readNames(undefined)).toEqual([]);
});

test("an earlier time is compared while the lines can be told apart", () => {
  expect(earlierOf("week", 3).seconds).toBe(7 * 86_400);
  expect(earlierOf("week", 4).seconds).toBe(0);
  expect(earlierOf("nonsense", 1).seconds).toBe(0);
});

test("a link says whom", () => {
  expect(compareWith("servers")(["web-1", "web-2"])).toBe("/compare?servers=web-1,web-2");
  const names = [containerName("web-1", "db"), containerName("web-2", "db")];
  expect(compareWith("containers")(names)).toBe("/compare?containers=web-1%2Fdb,web-2%2Fdb");
});

test("the address says of what kind they are, unless another was chosen", () => {
  const none = { deployments: undefined, containers: undefined };
  expect(kindOf(undefined, none)).toBe("servers");
  expect(kindOf(undefined, { ...none, deployments: "api" })).toBe("deployments");
  expect(kindOf(undefined, { ...none, containers: "web-1/db" })).toBe("containers");
  expect(kindOf("servers", { ...none, deployments: "api" })).toBe("servers");
  expect(kindOf("nonsense", none)).toBe("servers");
});
