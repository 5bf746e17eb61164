/** Changed files: what a container added, modified or deleted since it was made; a list that is looked at anew. */
import type { Chip } from "~/kit/list/chip";
import type { Column } from "~/kit/list/column";
import { List } from "~/kit/list/List";
import { count, plural } from "~/kit/units";
import classes from "./ChangedFiles.module.css";
import type { FileChange, FileChanges, Inside } from "./inside";
import { LookAgain } from "./LookAgain";
import { useLook } from "./useLook";

const MARKS: Record<string, string> = { added: "+", modified: "~", deleted: "−" };

const COLUMNS: readonly Column<FileChange>[] = [
  {
    id: "kind",
    label: "Kind",
    value: ({ kind }) => kind,
    render: ({ kind }) => (
      <span className={classes.kind} data-kind={kind}>
        <span className="mono" aria-hidden="true">
          {MARKS[kind] ?? "?"}
        </span>{" "}
        {kind.slice(0, 1).toUpperCase() + kind.slice(1)}
      </span>
    ),
    width: "120px",
    phone: "detail",
  },
  {
    id: "path",
    label: "Path",
    value: ({ path }) => path,
    render: ({ path }) => (
      <bdi className="mono cut" title={path}>
        {path}
      </bdi>
    ),
    width: 5,
    priority: 0,
    phone: "name",
  },
];

const CHIPS: readonly Chip<FileChange>[] = [
  { id: "kind", label: "Kind", values: ({ kind }) => [kind], pinned: true },
];

const NOTHING: readonly FileChange[] = [];
const BY_PATH = { column: "path", down: false };
const idOf = ({ path }: FileChange): string => path;
const EMPTY = {
  title: "No file has changed",
  text: "The container's own layer is as its image made it. Volumes are no part of it.",
};

export function ChangedFiles({ inside }: { inside: Inside }): React.ReactNode {
  const looked = useLook<FileChanges>(inside, inside.changes);
  const { answer } = looked;
  const left = answer ? answer.total - answer.items.length : 0;
  return (
    <>
      <List
        name="changed files"
        items={answer?.items ?? NOTHING}
        idOf={idOf}
        columns={COLUMNS}
        chips={CHIPS}
        ready={answer !== undefined}
        problem={looked.problem?.body}
        retry={looked.again}
        searchHint="Path…"
        sort={BY_PATH}
        empty={EMPTY}
        primary={<LookAgain looked={looked} />}
      />
      {answer && left > 0 && (
        <p className={classes.more} role="status">
          {plural(left, "more change")} not shown: the first {count(answer.items.length)} by path are. On the
          host, <code>docker diff</code> has them all.
        </p>
      )}
    </>
  );
}
