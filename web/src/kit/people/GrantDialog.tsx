/** Dialog: give somebody a level, rights and host powers on one resource or on all of a type. */
import { Button, Checkbox, Modal, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useUsers } from "~/api/asked";
import { useMe, useResources, useTypes } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Grant } from "~/api/types";
import { ProblemText } from "~/kit/ProblemText";
import { useSubmit } from "~/kit/submit/useSubmit";
import { LEVELS, POWERS, RIGHTS } from "./words";

/** What is known before: the person, the place, or a grant that is being changed. */
export interface GrantDraft {
  user: string;
  type: string;
  resource: string;
  level: Grant["level"];
  rights: Grant["rights"];
  powers: Grant["powers"];
}

export function GrantDialog(props: {
  title: string;
  start: GrantDraft;
  /** Fields that are settled and not asked for. */
  fixed: { user?: boolean; place?: boolean };
  onClose: () => void;
}): React.ReactNode {
  const { fixed, onClose } = props;
  const [draft, setDraft] = useState(props.start);
  const { busy, problem, onSubmit } = useSubmit([], async () => {
    await ask("POST", "/grants", { body: draft });
    onClose();
  });
  const set = (change: Partial<GrantDraft>) => setDraft((old) => ({ ...old, ...change }));

  const whole = draft.resource === "";
  return (
    <Modal opened onClose={onClose} title={props.title} size="lg">
      <form onSubmit={onSubmit}>
        <Stack gap="md">
          {!fixed.user && <PersonField value={draft.user} onChange={(user) => set({ user })} />}
          {!fixed.place && <PlaceFields draft={draft} set={set} />}
          <Radio.Group
            label="Level"
            value={draft.level}
            onChange={(value) => set({ level: value as Grant["level"] })}
          >
            <Stack gap={6} mt={4}>
              {LEVELS.map((level) => (
                <Radio
                  key={level.value}
                  value={level.value}
                  label={level.label}
                  description={level.help}
                  size="sm"
                />
              ))}
            </Stack>
          </Radio.Group>
          <Checkbox.Group
            label="Rights"
            description="Beside the level; no level includes them."
            value={draft.rights}
            onChange={(value) => set({ rights: value as Grant["rights"] })}
          >
            <Stack gap={6} mt={6}>
              {RIGHTS.filter((right) => right.on(draft.type, whole)).map((right) => (
                <Checkbox
                  key={right.value}
                  value={right.value}
                  label={right.label}
                  description={right.help}
                  size="sm"
                />
              ))}
            </Stack>
          </Checkbox.Group>
          {draft.type === "server" && (
            <Checkbox.Group
              label="Host powers"
              description="Each amounts to root on the server; its own policy has the last word."
              value={draft.powers}
              onChange={(value) => set({ powers: value as Grant["powers"] })}
            >
              <Stack gap={6} mt={6}>
                {POWERS.map((power) => (
                  <Checkbox
                    key={power.value}
                    value={power.value}
                    label={power.label}
                    description={power.help}
                    size="sm"
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
          <ProblemText problem={problem} />
          <div className="row">
            <span className="grow" />
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" loading={busy}>
              Save
            </Button>
          </div>
        </Stack>
      </form>
    </Modal>
  );
}

/** Admins choose from the list; who may not list people types the name. */
function PersonField({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}): React.ReactNode {
  return useMe().can.includes("user.list") ? (
    <PersonSelect value={value} onChange={onChange} />
  ) : (
    <TextInput
      label="Person"
      description="The exact name; only admins may list people."
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function PersonSelect({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}): React.ReactNode {
  const { data = [] } = useUsers();
  return (
    <Select
      label="Person"
      required
      searchable
      data={data.filter((user) => !user.admin).map((user) => ({ value: user.id, label: user.name }))}
      value={value || null}
      onChange={(user) => onChange(user ?? "")}
    />
  );
}

function PlaceFields(props: {
  draft: GrantDraft;
  set: (change: Partial<GrantDraft>) => void;
}): React.ReactNode {
  const { draft, set } = props;
  const types = useTypes();
  const { items } = useResources(draft.type);
  const names = [...items.values()].map((each) => ({ value: each.id, label: each.name }));
  const title = types.find((type) => type.name === draft.type)?.plural ?? draft.type;
  return (
    <>
      <Select
        label="Type"
        allowDeselect={false}
        data={types.map((type) => ({ value: type.name, label: type.title }))}
        value={draft.type}
        onChange={(type) => set({ type: type ?? draft.type, resource: "", rights: [], powers: [] })}
      />
      <Select
        label="On"
        searchable
        allowDeselect={false}
        data={[{ value: "", label: `All ${title}, also later ones` }, ...names]}
        value={draft.resource}
        onChange={(resource) => set({ resource: resource ?? "" })}
      />
    </>
  );
}
