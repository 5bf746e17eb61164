/** Filters: the form of what counts: branches and paths, as the operation declares them. */
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useType } from "~/api/hooks";
import type { Resource } from "~/api/types";
import type { Json } from "~/kit/form/field";
import { parametersOf, wrongParameters } from "~/kit/form/parameters";
import { SchemaFields } from "~/kit/form/SchemaFields";
import type { Wrong } from "~/kit/form/validate";
import { ProblemText } from "~/kit/ProblemText";
import type { Webhook } from "./model";
import { useWebhook } from "./useWebhook";
import classes from "./webhook.module.css";

export function Filters(props: { resource: Resource; webhook: Webhook; close(): void }): React.ReactNode {
  const { resource, webhook, close } = props;
  const operation = useType("build").operations.find(({ name }) => name === "build.webhook_on");
  const fields = useMemo(() => (operation ? parametersOf(operation) : []), [operation]);
  const [value, setValue] = useState<Json>({ branches: webhook.branches, paths: webhook.paths });
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const { busy, problem, send } = useWebhook(resource);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const found = wrongParameters(fields, value);
    setWrong(found);
    if (found.length === 0 && (await send("webhook_on", value))) close();
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <SchemaFields
        fields={fields}
        value={value}
        onChange={setValue}
        errors={problem?.body.errors ?? wrong}
        focus
      />
      {problem && !problem.body.errors && <ProblemText problem={problem} />}
      <div className={classes.ends}>
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="filled" loading={busy}>
          Save
        </Button>
      </div>
    </form>
  );
}
