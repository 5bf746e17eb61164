/** Chips of a resource list: tag, state, what it refers to, and the type's own tests. */
import type { TypeInfo } from "~/api/types";
import type { Chip } from "~/kit/list/chip";
import { byNature } from "~/kit/list/sort";
import { byTone, type Standing, State, type Tone } from "~/kit/State";
import type { Known, ResourceUi } from "~/resources/ui";
import { lastOf, referenceOf } from "./listPath";

export function listChips(
  type: TypeInfo,
  ui: ResourceUi,
  standing: (known: Known) => Standing,
): Chip<Known>[] {
  return [
    { id: "tag", label: "Tag", all: true, values: ({ resource }) => resource.tags },
    stateChip(standing),
    ...(ALERTED.has(type.name) ? [alertChip(standing)] : []),
    ...references(type),
    ...(ui.chips ?? []),
  ];
}

function stateChip(standing: (known: Known) => Standing): Chip<Known> {
  /** The tone of each word, as far as rows have it. */
  const tones = new Map<string, Tone>();
  const toneOf = (word: string) => tones.get(word) ?? "off";
  return {
    id: "state",
    label: "State",
    pinned: true,
    values: (known) => {
      const { tone, word } = standing(known);
      tones.set(word, tone);
      return [word];
    },
    show: (word) => <State tone={toneOf(word)} word={word} />,
    order: (a, b) => byTone(toneOf(a), toneOf(b)) || byNature(a, b),
  };
}

/** Types that alerts are about. */
const ALERTED = new Set(["server", "deployment", "build"]);
const SEVERITIES = { bad: "Critical", warn: "Warning" };

function alertChip(standing: (known: Known) => Standing): Chip<Known> {
  return {
    id: "alert",
    label: "Alert",
    values: (known) => {
      const { alert } = standing(known);
      return alert ? [SEVERITIES[alert.tone]] : [];
    },
  };
}

function references(type: TypeInfo): Chip<Known>[] {
  const columns: readonly { path: string; label: string; kind?: string }[] = type.columns;
  return columns
    .filter(({ kind }) => kind === "reference")
    .map(({ path, label }) => ({
      id: lastOf(path),
      label,
      values: ({ resource }) => {
        const found = referenceOf(resource, path, []);
        return found ? [found.name] : [];
      },
    }));
}
