/** AskDialog: what an operation wants to know before it starts, and the name of what it would destroy. */
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Problem } from "~/api/http";
import type { Resource } from "~/api/types";
import { ProblemText } from "~/kit/ProblemText";
import classes from "./action.module.css";
import { FieldInput } from "./FieldInput";
import type { Params, Value } from "./fields";
import type { Offer } from "./offers";
import { proofOf } from "./words";

export function AskDialog(props: {
  offer: Offer;
  resources: readonly Resource[];
  submit(params: Params): Promise<void>;
  close(): void;
}): React.ReactNode {
  const { offer, resources, close } = props;
  const [params, setParams] = useState<Params>(() =>
    Object.fromEntries(offer.fields.map((field) => [field.name, field.initial])),
  );
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const proof = offer.destroys ? proofOf(offer.label, resources) : "";
  const lacking = offer.fields.some((field) => field.required && isEmpty(params[field.name]));
  const ready = !busy && !lacking && typed.trim() === proof;
  const wrong = new Map(problem?.body.errors?.map((error) => [error.path, error.message]));
  const elsewhere =
    problem && !problem.body.errors?.every((error) => offer.fields.some((f) => f.name === error.path));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    try {
      await props.submit(params);
      close();
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      setProblem(failure);
      setBusy(false);
    }
  };

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <p className="muted">{offer.operation.help}</p>
      {resources.length > 1 && <Names resources={resources} />}
      {offer.fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={params[field.name]}
          onChange={(value) => setParams((old) => ({ ...old, [field.name]: value }))}
          error={wrong.get(field.name)}
        />
      ))}
      {proof && (
        <TextInput
          label={
            <>
              Type <code>{proof}</code> to go on
            </>
          }
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus={offer.fields.length === 0 || undefined}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      {elsewhere && <ProblemText problem={problem} />}
      <div className={classes.ends}>
        <Button onClick={close}>Cancel</Button>
        <Button
          type="submit"
          variant={offer.danger ? "default" : "filled"}
          className={offer.danger ? (classes.danger ?? "") : ""}
          disabled={!ready}
        >
          {busy ? `${offer.label}…` : offer.label}
        </Button>
      </div>
    </form>
  );
}

function Names({ resources }: { resources: readonly Resource[] }): React.ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
    <ul className={classes.names} tabIndex={0} aria-label="What it is done to">
      {resources.map((resource) => (
        <li key={resource.id} className="cut">
          {resource.name}
        </li>
      ))}
    </ul>
  );
}

function isEmpty(value: Value): boolean {
  return value === undefined || value === "";
}
