/** Here: one server's containers as the rows every list of containers shows. Pure. */
import type { Container, Resource } from "~/api/types";
import type { Signs } from "~/kit/alert/signs";
import { byNature } from "~/kit/list/sort";
import { byTone, rankOf } from "~/kit/State";
import { type Place, type Placed, signOf, standingOf } from "~/pages/containers/placed";

const DEPLOYMENT = "monitor.deployment";

/** By container id; a row of which nothing changed is the same object. */
export function rowsHere(
  containers: ReadonlyMap<string, Container>,
  place: Place,
  deployments: ReadonlyMap<string, Pick<Resource, "name">>,
  signs: Signs,
  before: ReadonlyMap<string, Placed>,
): ReadonlyMap<string, Placed> {
  const rows = new Map<string, Placed>();
  for (const [id, container] of containers) {
    const label = deploymentOf(container);
    // The label of a deployment that is deleted, or another Monitor's, names none of ours.
    const kept = deployments.has(label) ? label : "";
    const deployment = deployments.get(kept)?.name ?? "";
    const told = { server: place.id, deployment: kept, container };
    const alert = signOf(signs, told);
    const old = before.get(id);
    const same =
      old?.told.container === container &&
      old.place === place &&
      old.told.deployment === kept &&
      old.deployment === deployment &&
      old.alert === alert;
    rows.set(id, same ? old : { id, told, place, silent: place.silent, deployment, alert });
  }
  return rows;
}

/** Id of the deployment whose label it carries. */
function deploymentOf({ labels }: Container): string {
  const found = labels.find((label) => Array.isArray(label) && label[0] === DEPLOYMENT);
  return String(found?.[1] ?? "");
}

/** Trouble first, then by name. */
export function worstFirst(rows: readonly Placed[]): Placed[] {
  return [...rows].sort(
    (a, b) =>
      rankOf(standingOf(a)) - rankOf(standingOf(b)) || byNature(a.told.container.name, b.told.container.name),
  );
}

/** How many stand how, the worst first; what runs well is said by the whole number. */
export function notWell(
  rows: readonly Placed[],
): { word: string; tone: "bad" | "warn" | "busy" | "off"; count: number }[] {
  const found = new Map<string, { word: string; tone: "bad" | "warn" | "busy" | "off"; count: number }>();
  for (const row of rows) {
    const { tone, word } = standingOf(row);
    if (tone === "ok") continue;
    const lower = word.toLowerCase();
    const known = found.get(lower) ?? { word: lower, tone, count: 0 };
    known.count += 1;
    found.set(lower, known);
  }
  return [...found.values()].sort((a, b) => byTone(a.tone, b.tone));
}
