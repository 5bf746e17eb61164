import { expect, test } from "vitest";
import { countsWhat, type Delivery, outcomeOf, senderOf, toldBy, type Webhook } from "./model";

const delivery: Delivery = {
  id: "1",
  at: "2026-01-01T00:00:00Z",
  service: "github",
  event: "push",
  branch: "main",
  commit: "",
  pusher: "ann",
  outcome: "run",
  reason: "",
  activity: "",
};
const webhook: Webhook = {
  on: true,
  made: true,
  follows: "main",
  branches: [],
  paths: [],
  refused: 0,
  refused_at: null,
  deliveries: [],
};

test("what the sender said is one line", () => {
  expect(toldBy(delivery)).toBe("push to main by ann");
  expect(toldBy({ ...delivery, branch: "", pusher: "", event: "ping" })).toBe("ping");
});

test("senders and outcomes have words", () => {
  expect(senderOf(delivery)).toBe("GitHub");
  expect(senderOf({ ...delivery, service: "token" })).toBe("Token");
  expect(outcomeOf({ ...delivery, outcome: "failed" }).tone).toBe("bad");
});

test("what counts is a sentence", () => {
  expect(countsWhat(webhook)).toBe("Pushes to branch main");
  expect(countsWhat({ ...webhook, follows: "" })).toBe("Pushes to the default branch");
  expect(countsWhat({ ...webhook, branches: ["main", "release/*"], paths: ["src", "!docs"] })).toBe(
    "Pushes to branches main, release/* that change src but docs",
  );
  expect(countsWhat({ ...webhook, branches: ["main"], paths: ["!docs"] })).toBe(
    "Pushes to branch main that change anything but docs",
  );
});
