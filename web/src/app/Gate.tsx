/** Gate: what to show before anybody is signed in, and the session once somebody is. */
import { Loader } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import { type Session, SessionContext } from "~/api/hooks";
import { ask, Problem, signedOut } from "~/api/http";
import type { Welcome } from "~/api/types";
import { Renewal } from "~/app/Renewal";
import { router } from "~/app/router";
import { closeSession, openSession } from "~/app/session";
import { Unreachable } from "~/app/Unreachable";
import { Updated } from "~/app/Updated";
import { SetUpPage } from "~/pages/sign-in/SetUpPage";
import { SignInPage } from "~/pages/sign-in/SignInPage";
import classes from "./Gate.module.css";

type Stage =
  | { at: "loading" }
  | { at: "unreachable"; problem: Problem }
  | { at: "set-up"; welcome: Welcome }
  | { at: "sign-in"; welcome: Welcome; ended: boolean }
  | { at: "open"; session: Session };

export function Gate(): React.ReactNode {
  const [stage, setStage] = useState<Stage>({ at: "loading" });
  const queries = useQueryClient();

  const enter = useCallback(async (ended: boolean) => {
    try {
      const welcome = await ask<Welcome>("GET", "/welcome");
      if (welcome.needs_setup) {
        setStage({ at: "set-up", welcome });
        return;
      }
      const session = await openSession(welcome, () => signedOut.dispatchEvent(new Event("signed-out")));
      setStage(session ? { at: "open", session } : { at: "sign-in", welcome, ended });
    } catch (failure) {
      if (failure instanceof Problem) setStage({ at: "unreachable", problem: failure });
      else throw failure;
    }
  }, []);

  useEffect(() => {
    void enter(false);
  }, [enter]);

  useEffect(() => {
    const leave = () => {
      setStage((old) => {
        if (old.at !== "open") return old;
        closeSession(old.session);
        queries.clear();
        void enter(true);
        return { at: "loading" };
      });
    };
    signedOut.addEventListener("signed-out", leave);
    return () => signedOut.removeEventListener("signed-out", leave);
  }, [enter, queries]);

  switch (stage.at) {
    case "loading":
      return (
        <main className={classes.waiting}>
          <h1 className="unseen">Monitor</h1>
          <Loader size="sm" role="status" aria-label="Loading Monitor" />
        </main>
      );
    case "unreachable":
      return <Unreachable problem={stage.problem} retry={() => void enter(false)} />;
    case "set-up":
      return <SetUpPage welcome={stage.welcome} done={() => void enter(false)} />;
    case "sign-in":
      return <SignInPage welcome={stage.welcome} ended={stage.ended} done={() => void enter(false)} />;
    case "open":
      return (
        <SessionContext value={stage.session}>
          <Renewal />
          <Updated version={stage.session.welcome.version} />
          <RouterProvider router={router} />
        </SessionContext>
      );
  }
}
