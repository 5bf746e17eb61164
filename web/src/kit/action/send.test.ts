import { afterEach, expect, it, vi } from "vitest";
import { activity, operation } from "~/kit/activity/example";
import { isActivity, send } from "./send";

const asked = vi.fn<typeof fetch>(async () => new Response("{}", { status: 202 }));

afterEach(() => {
  vi.unstubAllGlobals();
  asked.mockClear();
});

it("puts parameters where the method wants them, the target into the path", async () => {
  vi.stubGlobal("fetch", asked);
  await send(operation("deployment.deploy"), "01 A/B", { note: "x", left: undefined });
  await send(operation("deployment.delete", { method: "DELETE", path: "/api/deployments/{target}" }), "D1", {
    container: "keep",
  });
  expect(asked.mock.calls.map(([url, init]) => [url, init?.method, init?.body])).toEqual([
    ["/api/deployments/01%20A%2FB/deploy", "POST", '{"note":"x"}'],
    ["/api/deployments/D1?container=keep", "DELETE", undefined],
  ]);
});

it("knows an activity from other answers", () => {
  expect(isActivity(activity())).toBe(true);
  expect(isActivity(undefined)).toBe(false);
  expect(isActivity({ token: "x" })).toBe(false);
});
