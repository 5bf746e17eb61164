/** Actions of the batch bar: what is offered for the chosen resources, and their tags. */
import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import type { TypeInfo } from "~/api/types";
import { useRunMany } from "~/kit/action/useRunMany";
import type { BatchAction } from "~/kit/list/batch";
import { uiOf } from "~/resources/registry";
import type { Known } from "~/resources/ui";
import { batchOffers } from "./listBatch";
import { AddTag, RemoveTag } from "./listTagPanels";
import { tagsOf } from "./listTags";

/** `items`: all there are, whose tags are suggested. */
export function useListBatch(
  type: TypeInfo,
  items: readonly Known[],
): (selected: readonly Known[]) => readonly BatchAction[] {
  const runMany = useRunMany();
  const router = useRouter();
  const go = useCallback((to: string) => router.history.push(to), [router]);
  return useCallback(
    (selected) => {
      const offered = batchOffers(type, selected).map(({ offer, able, reason }) => ({
        id: offer.operation.name,
        label: offer.asks || able.length > 1 ? `${offer.label}…` : offer.label,
        count: able.length,
        reason,
        danger: offer.danger,
        run: () => void runMany(offer, able),
      }));
      const safe = offered.filter((action) => !action.danger);
      const dangers = offered.filter((action) => action.danger);
      return [
        ...togetherActions(type, selected, go),
        ...safe,
        ...tagActions(type, selected, items),
        ...dangers,
      ];
    },
    [type, items, runMany, go],
  );
}

function togetherActions(
  type: TypeInfo,
  selected: readonly Known[],
  go: (to: string) => void,
): readonly BatchAction[] {
  const { together } = uiOf(type.name);
  if (!together) return [];
  const many = selected.length > together.most;
  return [
    {
      id: "together",
      label: together.label,
      count: many ? 0 : selected.length,
      ...(many && { reason: `At most ${together.most} at once` }),
      run: () => go(together.to(selected.map(({ resource }) => resource.name))),
    },
  ];
}

function tagActions(
  type: TypeInfo,
  selected: readonly Known[],
  items: readonly Known[],
): readonly BatchAction[] {
  const mine = selected
    .map((known) => known.resource)
    .filter(({ can }) => can.includes(`${type.name}.update`));
  const tagged = mine.filter((resource) => resource.tags.length > 0);
  return [
    {
      id: "tag",
      label: "Add tag…",
      count: mine.length,
      panel: (close) => {
        const known = tagsOf(items.map(({ resource }) => resource)).map(([tag]) => tag);
        return <AddTag type={type} resources={mine} known={known} close={close} />;
      },
    },
    {
      id: "untag",
      label: "Remove tag…",
      count: tagged.length,
      panel: (close) => <RemoveTag type={type} resources={tagged} close={close} />,
    },
  ];
}
