/** AskDialog: what an operation wants to know before it starts, and the name of what it would destroy. */
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { Problem } from "~/api/http";
import type { Resource } from "~/api/types";
import { blankParameters, wrongParameters } from "~/kit/form/parameters";
import { isWithin } from "~/kit/form/path";
import type { Wrong } from "~/kit/form/validate";
import { ProblemText } from "~/kit/ProblemText";
import classes from "./action.module.css";
import type { Offer } from "./offers";
import type { Params } from "./params";
import { proofOf } from "./words";

/** Forms are large, and most operations ask for nothing. */
const SchemaFields = lazy(async () => ({
  default: (await import("~/kit/form/SchemaFields")).SchemaFields,
}));

export function AskDialog(props: {
  offer: Offer;
  resources: readonly Resource[];
  submit(params: Params): Promise<void>;
  close(): void;
}): React.ReactNode {
  const { offer, resources, close } = props;
  const [params, setParams] = useState<Params>(() => blankParameters(offer.fields));
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const proof = offer.destroys ? proofOf(offer.label, resources) : "";
  const lacking = offer.fields.some((field) => field.required && isEmpty(params[field.name]));
  const ready = !busy && !lacking && typed.trim() === proof;
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const elsewhere = problem && !problem.body.errors?.every(({ path }) => isAsked(path, offer));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const found = wrongParameters(offer.fields, params);
    setWrong(found);
    setProblem(undefined);
    if (found.length > 0) return;
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
      {offer.fields.length > 0 && (
        <Suspense>
          <SchemaFields
            fields={offer.fields}
            value={params}
            onChange={setParams}
            errors={problem?.body.errors ?? wrong}
            focus
          />
        </Suspense>
      )}
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

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** Whether what is wrong is said at a field of the dialog. */
function isAsked(path: string, offer: Offer): boolean {
  return offer.fields.some(({ name }) => isWithin(path, name));
}
