/** CreateDialog: a new volume or network, by the fields the operation declares. */
import { Button, Modal } from "@mantine/core";
import { useMemo, useState } from "react";
import type { OperationInfo } from "~/api/types";
import { blankParameters, parametersOf, wrongParameters } from "~/kit/form/parameters";
import { isWithin } from "~/kit/form/path";
import { SchemaFields } from "~/kit/form/SchemaFields";
import type { Wrong } from "~/kit/form/validate";
import { usePhone } from "~/kit/list/usePhone";
import { ProblemText } from "~/kit/ProblemText";
import { useSubmit } from "~/kit/submit/useSubmit";
import type { ServerResource } from "../model";
import classes from "./docker.module.css";
import type { Kind } from "./things";
import { useStart } from "./useStart";

export function CreateDialog(props: {
  server: ServerResource;
  kind: Kind;
  operation: OperationInfo;
  onClose(): void;
}): React.ReactNode {
  const { server, kind, operation, onClose } = props;
  const { start } = useStart(server);
  const fields = useMemo(() => parametersOf(operation), [operation]);
  const [value, setValue] = useState(() => blankParameters(fields));
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const form = useSubmit([], async () => {
    await start(`create_${kind}`, value, `Create ${kind} ${String(value[kind])}`);
    onClose();
  });
  const submit = (event: React.FormEvent) => {
    const found = wrongParameters(fields, value);
    setWrong(found);
    if (found.length === 0) form.onSubmit(event);
    else event.preventDefault();
  };
  const told = form.problem?.body.errors ?? [];
  const elsewhere =
    form.problem &&
    !(told.length > 0 && told.every(({ path }) => fields.some((f) => isWithin(path, f.name))));
  return (
    <Modal
      opened
      onClose={onClose}
      title={`New ${kind} on ${server.name}`}
      size={560}
      fullScreen={usePhone()}
    >
      <form className="stack" onSubmit={submit} noValidate>
        <SchemaFields
          fields={fields}
          value={value}
          onChange={setValue}
          errors={wrong.length > 0 ? wrong : told}
          focus
        />
        {elsewhere && <ProblemText problem={form.problem} />}
        <div className={classes.ends}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={form.busy}>
            {form.busy ? "Create…" : `Create ${kind}`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
