/** Batch offers: what the viewer may do with several resources at once, and with which of them. */
import type { TypeInfo } from "~/api/types";
import { type Offer, offers } from "~/kit/action/offers";
import type { Known } from "~/resources/ui";

export interface BatchOffer {
  /** That of any of them. */
  offer: Offer;
  /** Those it can be done with now. */
  able: Known["resource"][];
  /** Why it cannot be done with the others, the most frequent reason. */
  reason: string | undefined;
}

/** In the order of the declarations, those that take away last. What shows an answer is for one alone. */
export function batchOffers(type: TypeInfo, selected: readonly Known[]): BatchOffer[] {
  const found = new Map<string, { offer: Offer; able: Known["resource"][]; reasons: string[] }>();
  for (const { resource, open } of selected) {
    for (const offer of offers(type, resource, open)) {
      if (offer.operation.kind !== "action" && !offer.destroys) continue;
      const name = offer.operation.name;
      const known = found.get(name) ?? { offer, able: [], reasons: [] };
      found.set(name, known);
      if (offer.blocked) known.reasons.push(offer.blocked);
      else known.able.push(resource);
    }
  }
  const order = type.operations.map((operation) => operation.name);
  const rank = ({ operation, danger }: Offer) => order.indexOf(operation.name) + (danger ? order.length : 0);
  return [...found.values()]
    .sort((a, b) => rank(a.offer) - rank(b.offer))
    .map(({ offer, able, reasons }) => ({ offer, able, reason: mostFrequent(reasons) }));
}

function mostFrequent(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
