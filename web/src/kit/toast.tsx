/** Toast: one line at the edge of the screen about what was just done; problems stay until they are put away. */
import { useMediaQuery } from "@mantine/hooks";
import { Notifications, notifications } from "@mantine/notifications";
import type { Problem } from "~/api/http";
import type { ProblemBody } from "~/api/types";
import { Notes } from "./Notes";
import { Shape, type Tone } from "./State";
import classes from "./toast.module.css";

export interface ToastMore {
  /** Of what it tells; the next about the same takes its place. */
  about?: string | undefined;
  /** Under the title. */
  detail?: React.ReactNode;
  /** What can be done about it. */
  action?: { label: string; run(): void } | undefined;
}

/** What failed, why, what to do, each wrong field; `raw` is folded. */
export type Failure = Pick<ProblemBody, "title"> & Partial<ProblemBody> & { raw?: string | undefined };

/** The toast that is shown, by what it is about. */
const told = new Map<string, string>();

export const toast = {
  ok(title: string, more: ToastMore = {}): void {
    show("ok", title, more);
  },
  info(title: string, more: ToastMore = {}): void {
    show("busy", title, more);
  },
  /** What core said of a change beside that it was made; it stays, for there is something to do about it. */
  notes(name: string, notes: readonly string[]): void {
    if (notes.length > 0)
      show("warn", `Notes on ${name}`, { about: `notes ${name}`, detail: <Notes notes={notes} /> });
  },
  /** Nothing more has to be told of it. */
  away(about: string): void {
    const id = told.get(about);
    if (id) notifications.hide(id);
    told.delete(about);
  },
  /** `title` says what did not work; by default what the problem calls itself. */
  problem(failure: Problem | Failure, more: Omit<ToastMore, "detail"> & { title?: string } = {}): void {
    const body: Failure = failure instanceof Error ? failure.body : failure;
    show("bad", more.title ?? body.title, { ...more, detail: <Why failure={body} /> });
  },
};

/** Where they appear; once, in the page. */
export function Toasts(): React.ReactNode {
  const phone = useMediaQuery("(max-width: 720px)", false, { getInitialValueInEffect: false });
  return (
    <Notifications
      position={phone ? "bottom-center" : "bottom-right"}
      limit={4}
      containerWidth={380}
      className={classes.place ?? ""}
    />
  );
}

function show(tone: Tone, title: string, { about, detail, action }: ToastMore): void {
  const stays = tone === "bad" || tone === "warn";
  if (about) toast.away(about);
  const id = notifications.show({
    classNames: {
      root: classes.toast ?? "",
      icon: classes.icon ?? "",
      title: classes.title ?? "",
      description: classes.detail ?? "",
    },
    // An alert interrupts who listens; only what failed may.
    role: tone === "bad" ? "alert" : "status",
    autoClose: stays ? false : 6000,
    icon: <Shape tone={tone} size={14} />,
    closeButtonProps: { "aria-label": "Put away" },
    title,
    message: (detail || action) && (
      <>
        {detail && <div>{detail}</div>}
        {action && <Step close={() => notifications.hide(id)} {...action} />}
      </>
    ),
  });
  if (about) told.set(about, id);
}

function Step(props: { label: string; run(): void; close(): void }): React.ReactNode {
  const run = () => {
    props.close();
    props.run();
  };
  return (
    <button type="button" className={classes.step} onClick={run}>
      {props.label}
    </button>
  );
}

function Why({ failure }: { failure: Failure }): React.ReactNode {
  const { detail, errors = [], hint, raw } = failure;
  return (
    <div className={classes.why}>
      {detail && <p dir="auto">{detail.slice(0, 1).toUpperCase() + detail.slice(1)}</p>}
      {errors.length > 0 && (
        <ul>
          {errors.map((field) => (
            <li key={`${field.path} ${field.message}`}>
              <code>{field.path}</code> {field.message}
            </li>
          ))}
        </ul>
      )}
      {hint && <p className="muted">{hint}</p>}
      {raw && (
        <details>
          <summary>Details</summary>
          <pre dir="auto">{raw}</pre>
        </details>
      )}
    </div>
  );
}
