/** useJoin: where one server's joining stands, live, and the token this tab made for it. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useTopic } from "~/api/hooks";
import { ask, Problem } from "~/api/http";
import type { Join } from "./join";
import { forgetToken, isExpired, type JoinToken, keepToken, keptText, tokenOf, watchTokens } from "./token";

const NOTHING: Join = {
  state: "none",
  error: "",
  hint: "",
  address: "",
  port: 0,
  at: null,
  expires: null,
};

export interface Joining {
  join: Join;
  ready: boolean;
  token: JoinToken | undefined;
  busy: boolean;
  problem: Problem | undefined;
  /** Make a token; `replace` lets another host take the place of the one that has joined. */
  make(replace?: boolean): void;
}

export function useJoin(server: string): Joining {
  const { items, ready } = useTopic<Join>({ topic: "server.watch_join", target: server });
  const join = [...items.values()][0] ?? NOTHING;
  const kept = useSyncExternalStore(watchTokens, () => keptText(server));
  const token = useMemo(() => tokenOf(kept), [kept]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  useEffect(() => {
    if (join.state === "joined") forgetToken(server);
  }, [join.state, server]);

  useEffect(() => {
    // One that expires while it is looked at stays, struck out; one from before says nothing any more.
    const old = tokenOf(keptText(server));
    if (old && isExpired(old, Date.now())) forgetToken(server);
  }, [server]);

  const make = useCallback(
    (replace = false) => {
      setBusy(true);
      setProblem(undefined);
      void issueToken(server, replace)
        .catch((failure: unknown) => {
          if (failure instanceof Problem) setProblem(failure);
          else throw failure;
        })
        .finally(() => setBusy(false));
    },
    [server],
  );

  return { join, ready, token, busy, problem, make };
}

/** Make a join token and keep it for this tab. */
export async function issueToken(server: string, replace = false): Promise<JoinToken> {
  const body = replace ? { replace } : {};
  const token = await ask<JoinToken>("POST", `/servers/${server}/join_token`, { body });
  keepToken(server, token);
  return token;
}
