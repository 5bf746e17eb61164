import { describe, expect, it } from "vitest";
import { type Asked, addressOf, parameters, topicOf, wrongTime } from "./asked";

const AT = Date.UTC(2026, 10, 27, 12);
const ASKED: Asked = { range: "1000", since: "", until: "", stream: "both", wanted: undefined, at: AT };
const WANTED = { text: "a b", regex: false, matchCase: false, context: 0 };

describe("what is asked", () => {
  it("is the last lines, live", () => {
    expect(topicOf({ topic: "deployment.follow_log", target: "web" }, ASKED)).toEqual({
      topic: "deployment.follow_log",
      target: "web",
      tail: 1000,
      follow: true,
    });
  });

  it("is a time, from when it was asked", () => {
    expect(parameters({ ...ASKED, range: "1h" })).toEqual({ since: "2026-11-27T11:00:00.000Z" });
    expect(parameters({ ...ASKED, range: "all" })).toEqual({ tail: -1 });
    const between = { ...ASKED, range: "between", since: "2h", until: "1h" };
    expect(parameters(between)).toEqual({
      since: "2026-11-27T10:00:00.000Z",
      until: "2026-11-27T11:00:00.000Z",
    });
    expect(topicOf({ topic: "t" }, between).follow).toBe(false);
  });

  it("searches all of the range, once", () => {
    const topic = topicOf({ topic: "t" }, { ...ASKED, wanted: { ...WANTED, context: 2 } });
    expect(topic).toEqual({ topic: "t", search: "a b", context: 2, follow: false });
    expect(parameters({ ...ASKED, wanted: { ...WANTED, regex: true, matchCase: true } })).toEqual({
      regex: "a b",
      match_case: true,
    });
  });

  it("is downloaded with the same filters", () => {
    const address = addressOf(
      "/deployments/1/log_file",
      { ...ASKED, stream: "stderr", wanted: WANTED },
      true,
    );
    expect(address).toBe("/api/deployments/1/log_file?stream=stderr&search=a+b&timestamps=true");
  });

  it("says what is wrong with a time", () => {
    expect(wrongTime({ ...ASKED, range: "between", since: "soon" })).toHaveProperty("since");
    expect(wrongTime({ ...ASKED, range: "between", since: "1h", until: "2h" })).toHaveProperty("until");
    expect(wrongTime({ ...ASKED, since: "soon" })).toEqual({});
  });
});
