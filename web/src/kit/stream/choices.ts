/** Choices: what each filter of the stream offers: all that is declared, and what was seen beside it. */
import { useContext, useMemo } from "react";
import { useUsers } from "~/api/asked";
import { SessionContext, useMe, useTypes } from "~/api/hooks";
import type { Activity, Resource, TypeInfo } from "~/api/types";
import { capital } from "~/app/nav";
import { verbOf } from "~/kit/activity/title";
import { byNature } from "~/kit/list/sort";
import type { Choice } from "./FilterPill";
import type { FilterName } from "./useFilters";

export const STATES: readonly Choice[] = [
  "running",
  "queued",
  "succeeded",
  "failed",
  "cancelled",
  "interrupted",
].map((value) => ({ value, label: value === "queued" ? "Waiting" : capital(value) }));

export type Choices = Record<FilterName, readonly Choice[]>;

export function useChoices(list: readonly Activity[]): Choices {
  const types = useTypes();
  const people = usePeople(list);
  const resources = useNames(list);
  return useMemo(
    () => ({
      state: STATES,
      type: typesOf(list, types),
      operation: operationsOf(list, types),
      user: people,
      resource: resources,
    }),
    [list, types, people, resources],
  );
}

function typesOf(list: readonly Activity[], types: readonly TypeInfo[]): Choice[] {
  const known = new Map(types.map((type) => [type.name, type.title]));
  for (const { what } of list) if (what && !known.has(what.type)) known.set(what.type, capital(what.type));
  return [...known].map(([value, label]) => ({ value, label }));
}

function operationsOf(list: readonly Activity[], types: readonly TypeInfo[]): Choice[] {
  const names = new Set(list.map((activity) => activity.operation));
  for (const { kind, name } of types.flatMap((type) => type.operations))
    if (kind !== "query") names.add(name);
  return [...names]
    .map((name) => ({ value: name, label: verbOf(name, types), hint: name.split(".")[0] ?? "" }))
    .sort((a, b) => byNature(a.hint + a.label, b.hint + b.label));
}

/** Everybody for an admin; else those whose doings are in sight. */
function usePeople(list: readonly Activity[]): readonly Choice[] {
  const me = useMe();
  const { data } = useUsers(me.can.includes("user.list"));
  return useMemo(() => {
    const names = new Map([[me.user.id, me.user.name]]);
    for (const { who } of list) if (who.id) names.set(who.id, who.name || who.kind);
    for (const { id, name } of data ?? []) names.set(id, name);
    return [...names]
      .map(([value, label]) => ({ value, label, ...(value === me.user.id ? { hint: "you" } : {}) }))
      .sort((a, b) => byNature(a.label, b.label));
  }, [list, data, me]);
}

/** What is there, which the navigation keeps subscribed, and what is gone but in sight. */
function useNames(list: readonly Activity[]): readonly Choice[] {
  const types = useTypes();
  const store = useContext(SessionContext)?.store;
  return useMemo(() => {
    const names = new Map<string, Choice>();
    for (const { what } of list)
      if (what?.id) names.set(what.id, { value: what.id, label: what.name, hint: what.type });
    for (const type of types) {
      const here = store?.read<Resource>({ topic: `${type.name}.changes` }).items ?? [];
      for (const [id, { name }] of here) names.set(id, { value: id, label: name, hint: type.name });
    }
    return [...names.values()].sort((a, b) => byNature(a.label, b.label));
  }, [list, types, store]);
}
