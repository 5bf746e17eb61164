import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Connection, type Listener } from "./connection";

class FakeSocket {
  static all: FakeSocket[] = [];
  readyState = 1;
  binaryType = "";
  sent: (string | Uint8Array)[] = [];
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | undefined;
  onclose: ((event: { code: number; reason: string }) => void) | undefined;
  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(data: string | Uint8Array): void {
    this.sent.push(data);
  }
  close(code = 1000): void {
    this.readyState = 3;
    this.onclose?.({ code, reason: "" });
  }
  say(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  write(text: string): void {
    this.onmessage?.({ data: new Uint8Array([1, ...new TextEncoder().encode(text)]).buffer });
  }
  lose(code: number, reason = ""): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
  /** Bytes of input. */
  get typed(): number {
    return this.sent.reduce((sum, each) => sum + (typeof each === "string" ? 0 : each.length), 0);
  }
  get told(): unknown[] {
    return this.sent.filter((each) => typeof each === "string").map((each) => JSON.parse(each as string));
  }
}

let seen: { text: string; states: string[]; ended: unknown[] };

function make(): Connection {
  const listener: Listener = {
    began: () => {},
    written: (data, shown) => {
      seen.text += new TextDecoder().decode(data);
      shown();
    },
    warned: () => {},
    state: (state) => seen.states.push(state),
    ended: (ended) => seen.ended.push(ended),
  };
  return new Connection(
    "ID",
    listener,
    (url) => new FakeSocket(url) as unknown as WebSocket,
    () => Date.now(),
  );
}

const socket = () => FakeSocket.all.at(-1) as FakeSocket;
const began = (at = 0) => socket().say({ kind: "began", command: "sh", at, upto: at, lost: 0 });

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  seen = { text: "", states: [], ended: [] };
});
afterEach(() => vi.useRealTimers());

test("output is acknowledged in pieces, and asked for from where it was lost", () => {
  const connection = make();
  connection.connect();
  began();
  socket().write("x".repeat(40_000));
  expect(socket().told).toContainEqual({ op: "seen", upto: 40_000 });
  socket().lose(1006);
  expect(seen.states.at(-1)).toBe("lost");
  vi.advanceTimersByTime(600);
  expect(socket().url).toMatch(/\/api\/terminal\/ID\?after=40000$/);
  connection.leave();
});

test("input waits until the process has taken what is on its way; Ctrl-C passes a paste", () => {
  const connection = make();
  connection.connect();
  connection.type(new Uint8Array(1_000_000));
  expect(socket().typed).toBe(0);
  began();
  const first = socket().typed;
  expect(first).toBeLessThanOrEqual(150_000);
  connection.type(new Uint8Array([3]));
  socket().say({ kind: "taken", count: first });
  expect(socket().typed).toBe(first + 1);
  connection.leave();
});

test("a refusal is an end, and so is being lost for too long", () => {
  const refused = make();
  refused.connect();
  began();
  socket().lose(4403, "the right to it was taken away");
  expect(seen.ended).toEqual([{ code: null, reason: "the right to it was taken away", hint: "" }]);

  const lost = make();
  lost.connect();
  began();
  for (let passed = 0; passed < 40_000; passed += 600) {
    if (socket().readyState === 1) socket().lose(1006);
    vi.advanceTimersByTime(600);
  }
  expect(seen.ended.at(-1)).toMatchObject({ reason: "the connection was lost for too long" });
});

test("a socket that is silent for long is dead", () => {
  const connection = make();
  connection.connect();
  began();
  vi.advanceTimersByTime(6_500);
  expect(socket().told).toContainEqual({ op: "ping" });
  vi.advanceTimersByTime(7_000);
  expect(FakeSocket.all.length).toBe(2);
  connection.leave();
});
