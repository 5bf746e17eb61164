/** Frame: the quiet page around what is shown before somebody is signed in. */
import { useEffect } from "react";
import type { Welcome } from "~/api/types";
import { Mark } from "~/app/Mark";
import { Shape } from "~/kit/State";
import classes from "./Frame.module.css";

export function Frame(props: {
  title: string;
  /** What core said of itself, once it has. */
  welcome?: Welcome;
  children: React.ReactNode;
}): React.ReactNode {
  const { title, welcome, children } = props;
  useEffect(() => {
    document.title = `${title} · Monitor`;
  }, [title]);
  return (
    <main className={classes.page}>
      <div className={classes.middle}>
        {welcome?.insecure && <Insecure />}
        <div className={classes.card}>
          <div className={classes.brand}>
            <Mark />
            <span>Monitor</span>
          </div>
          <h1 className={classes.title}>{title}</h1>
          {children}
        </div>
        <p className={classes.foot}>
          {welcome ? `Monitor ${welcome.version} · ${location.host}` : location.host}
        </p>
      </div>
    </main>
  );
}

/** Said before a password is typed, not after. */
function Insecure(): React.ReactNode {
  return (
    <p className={classes.insecure}>
      <Shape tone="warn" />
      <span>
        <b className="strong">Not encrypted.</b> This page came over plain HTTP: a password typed here can be
        read on the way. Use TLS, or only a network you trust with it.
      </span>
    </p>
  );
}
