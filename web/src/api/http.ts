/** Requests to core's REST API: JSON in, JSON out, every failure a `Problem`. */
import type { ProblemBody } from "./types";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

export interface Ask {
  query?: Record<string, string | number | boolean | string[] | undefined>;
  body?: unknown;
  /** Sent as If-Match: refused with 409 unless it is the current revision. */
  revision?: number;
  signal?: AbortSignal;
}

/** A refusal or failure: what failed, why, what to do (`hint`), and each wrong field. */
export class Problem extends Error {
  constructor(readonly body: ProblemBody) {
    super(body.detail || body.title);
    this.name = "Problem";
  }

  get status(): number {
    return this.body.status;
  }
}

/** Told when core says that nobody is signed in any more. */
export const signedOut = new EventTarget();

/** One request below /api. Throws `Problem`, also when core cannot be reached (status 0). */
export async function ask<R>(method: Method, path: string, more: Ask = {}): Promise<R> {
  const response = await send(method, path, more);
  if (response.status === 204) return undefined as R;
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body as R;
  const problem = new Problem(isProblem(body) ? body : unreadable(response));
  if (problem.status === 401) signedOut.dispatchEvent(new Event("signed-out"));
  throw problem;
}

async function send(method: Method, path: string, more: Ask): Promise<Response> {
  const headers: Record<string, string> = {};
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (method === "POST" || method === "PATCH") {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(more.body ?? {});
  }
  if (more.revision !== undefined) headers["If-Match"] = `"${more.revision}"`;
  if (more.signal) init.signal = more.signal;
  try {
    return await fetch(`/api${path}${search(more.query)}`, init);
  } catch (failure) {
    if (more.signal?.aborted) throw failure;
    throw new Problem({
      type: "urn:monitor:problem:unreachable",
      title: "Core does not answer",
      status: 0,
      detail: "Core cannot be reached from this browser.",
      code: "unreachable",
      hint: "It may be restarting, or the network is down. Nothing was changed unless the activity list says so.",
    });
  }
}

function search(query: Ask["query"]): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(key, String(one));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === "object" && body !== null && "detail" in body && "status" in body;
}

function unreadable(response: Response): ProblemBody {
  const detail = `Core answered ${response.status} ${response.statusText} with nothing this page can read.`;
  return {
    type: "about:blank",
    title: "Unreadable answer",
    status: response.status,
    detail,
    code: "unreadable",
  };
}
