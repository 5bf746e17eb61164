/** AdoptForm: what a container would be as a deployment, what is left behind, which variables are secrets, its name. */
import { Button, Checkbox, TagsInput, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAsked } from "~/api/asked";
import { useServers, useType } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Resource, Schemas } from "~/api/types";
import { ReadForm } from "~/kit/form/ReadForm";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { ProblemText } from "~/kit/ProblemText";
import { Shape } from "~/kit/State";
import { useSubmit } from "~/kit/submit/useSubmit";
import { toast } from "~/kit/toast";
import classes from "./Adopt.module.css";
import { variablesOf } from "./adopt";

type Adoptable = Schemas["Adoptable"];

/** Nothing that happens changes what was looked at; adopting looks again. */
const NEVER: readonly string[] = [];

export function AdoptForm({ server, container }: { server: string; container: string }): React.ReactNode {
  const { data: plan, error } = useAsked<Adoptable>(
    "/deployments/-/adopt_preview",
    { server, container },
    NEVER,
  );
  if (error) return <Notice tone="bad" title="This container cannot be adopted" text={error.message} />;
  return plan ? <Form plan={plan} server={server} /> : null;
}

function Form({ plan, server }: { plan: Adoptable; server: string }): React.ReactNode {
  const type = useType("deployment");
  const navigate = useNavigate();
  const { items: servers } = useServers();
  const [name, setName] = useState(plan.name);
  const [tags, setTags] = useState<string[]>([]);
  const [secrets, setSecrets] = useState(() => plan.config.secret_environment.map((each) => each.name));
  const { busy, problem, wrong, onSubmit } = useSubmit(["name", "tags"], async () => {
    const body = { name, tags, secrets, server, container: plan.container };
    const made = await ask<Resource>("POST", "/deployments/-/adopt", { body });
    toast.notes(made.name, made.notes ?? []);
    void navigate({ to: `/deployments/${made.name}` });
  });
  const names = { [server]: servers.get(server)?.name ?? server };
  return (
    <div className={classes.page}>
      <form className={classes.form} onSubmit={onSubmit}>
        <Panel
          title={plan.config.container_name || plan.container.slice(0, 12)}
          note="Nothing is restarted by this"
        >
          <div className={classes.fields}>
            <TextInput
              label="Name"
              description="What the deployment is called."
              value={name}
              error={wrong.name}
              required
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TagsInput
              label="Tags"
              description="To find and filter by."
              value={tags}
              error={wrong.tags}
              onChange={setTags}
            />
            <Secrets plan={plan} secrets={secrets} onChange={setSecrets} />
            <ProblemText problem={problem} />
            <div className="row">
              <span className="grow" />
              <Button type="submit" variant="filled" disabled={busy}>
                Adopt
              </Button>
            </div>
          </div>
        </Panel>
        <Left plan={plan} />
      </form>
      <ReadForm type={type} resource={{ ...blank(plan), names }} />
    </div>
  );
}

function Secrets(props: {
  plan: Adoptable;
  secrets: readonly string[];
  onChange(names: string[]): void;
}): React.ReactNode {
  const variables = variablesOf(props.plan.config);
  if (variables.length === 0) return null;
  return (
    <Checkbox.Group
      label="Secret variables"
      description="Their values are stored encrypted and never shown again."
      value={[...props.secrets]}
      onChange={props.onChange}
    >
      <div className={classes.variables}>
        {variables.map((variable) => (
          <Checkbox key={variable.name} value={variable.name} label={<code>{variable.name}</code>} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

function Left({ plan }: { plan: Adoptable }): React.ReactNode {
  return (
    <Panel title="What the next deploy would not bring back">
      <ul className={classes.left}>
        <li>
          <Shape tone="off" /> what was changed in the container's own files since it was made
        </li>
        {plan.left.map((each) => (
          <li key={each} dir="auto">
            <Shape tone="warn" /> {each}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What the read-only form shows of it. */
function blank(plan: Adoptable): Resource {
  return {
    id: "",
    name: plan.name,
    description: "",
    tags: [],
    revision: 1,
    created: "",
    updated: "",
    config: plan.config,
    info: {},
    status: {},
    names: {},
    can: [],
  };
}
