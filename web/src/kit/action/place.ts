/** Place: which offer is the large button of a page, which stand beside it, which in the menu. */
import { type Offer, withOptions } from "./offers";

/** A way to do the same with something said already: "Build a minor version"; without `says` it asks. */
export interface Preset {
  operation: string;
  label: string;
  says?: Readonly<Record<string, unknown>>;
}

export interface Placed {
  primary: Offer | undefined;
  /** In the menu of the primary button: other ways to the same, and what prepares it. */
  beside: Offer[];
  /** A button of its own: what fits the state it is in. */
  second: Offer | undefined;
  /** Behind the dots. */
  rest: Offer[];
}

/** `beside`: names of the operations in the menu of the primary button; `presets` come before them. */
export function placed(
  offers: readonly Offer[],
  name?: string,
  beside: readonly string[] = [],
  presets: readonly Preset[] = [],
): Placed {
  const primary =
    offers.find((offer) => offer.operation.name === name) ??
    offers.find((offer) => offer.operation.kind === "action" && !offer.danger);
  const others = offers.filter((offer) => offer !== primary);
  const simple = others.filter(
    (offer) =>
      offer.operation.kind === "action" &&
      !offer.danger &&
      !offer.asks &&
      !beside.includes(offer.operation.name),
  );
  const second = simple.find((offer) => !offer.blocked) ?? simple[0];
  const isBeside = (offer: Offer) => beside.includes(offer.operation.name);
  return {
    primary,
    second,
    beside: [...presets.flatMap((preset) => presetOf(offers, preset)), ...others.filter(isBeside)],
    rest: others
      .filter((offer) => !isBeside(offer))
      .flatMap((offer) => [offer === second ? undefined : offer, withOptions(offer)])
      .filter((offer) => offer !== undefined),
  };
}

function presetOf(offers: readonly Offer[], { operation, label, says }: Preset): Offer[] {
  const offer = offers.find((each) => each.operation.name === operation);
  if (!offer) return [];
  return [says ? { ...offer, label, says } : { ...offer, label, asks: true }];
}
