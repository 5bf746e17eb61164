/** CleanUpDialog: the last look before what was shown goes. */
import { Button, Modal } from "@mantine/core";
import { ProblemText } from "~/kit/ProblemText";
import { useSubmit } from "~/kit/submit/useSubmit";
import { bytes, plural } from "~/kit/units";
import { useStart } from "../docker/useStart";
import type { ServerResource } from "../model";
import classes from "./cleanup.module.css";
import { kindTitle, type Preview } from "./words";

export function CleanUpDialog(props: {
  server: ServerResource;
  preview: Preview;
  onClose(): void;
}): React.ReactNode {
  const { server, preview, onClose } = props;
  const { start } = useStart(server);
  const form = useSubmit([], async () => {
    await start("clean_up", {}, `Clean up ${server.name}`);
    onClose();
  });
  return (
    <Modal opened onClose={onClose} title={`Clean up ${server.name}`} size={480}>
      <form className="stack" onSubmit={form.onSubmit}>
        <p>
          {plural(preview.goes.length, "thing")} of this host go, which leaves{" "}
          {preview.exact ? "" : "at most "}
          {bytes(preview.bytes)}. Each is looked at once more; what has come into use by then stays. Volumes
          are not touched.
        </p>
        <ul className={classes.totals}>
          {preview.totals.map(({ kind, count, bytes: size }) => (
            <li key={kind}>
              {kindTitle(kind)}: {count}
              {size > 0 && <span className="muted">, {bytes(size)}</span>}
            </li>
          ))}
        </ul>
        {form.problem && <ProblemText problem={form.problem} />}
        <div className={classes.ends}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" className={classes.danger} disabled={form.busy}>
            {form.busy ? "Clean up…" : "Clean up"}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
