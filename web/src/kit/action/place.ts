/** Place: which offer is the large button of a page, which stand beside it, which in the menu. */
import type { Offer } from "./offers";

export interface Placed {
  primary: Offer | undefined;
  /** In the menu of the primary button: other things that make it run. */
  beside: Offer[];
  /** A button of its own: what fits the state it is in. */
  second: Offer | undefined;
  /** Behind the dots. */
  rest: Offer[];
}

export function placed(offers: readonly Offer[], name?: string): Placed {
  const primary =
    offers.find((offer) => offer.operation.name === name) ??
    offers.find((offer) => offer.operation.kind === "action" && !offer.danger);
  const others = offers.filter((offer) => offer !== primary);
  const simple = others.filter((offer) => offer.operation.kind === "action" && !offer.danger);
  const second = simple.find((offer) => !offer.blocked) ?? simple[0];
  return {
    primary,
    second,
    beside: simple.filter((offer) => offer !== second),
    rest: others.filter((offer) => !simple.includes(offer)),
  };
}
