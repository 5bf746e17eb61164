/** Batch offer: an offer for many at once, where the type does that as one activity. */
import type { TypeInfo } from "~/api/types";
import { parametersOf } from "~/kit/form/parameters";
import type { Offer } from "./offers";

export interface BatchOffer {
  /** Asks how many at a time; labelled like the offer it is for. */
  offer: Offer;
  /** `restart`. */
  verb: string;
}

/** Said by what was chosen. */
const CHOSEN = new Set(["operation", "pattern", "tag", "ids"]);

export function batchOffer(types: readonly TypeInfo[], offer: Offer): BatchOffer | undefined {
  const [name = "", verb = ""] = offer.operation.name.split(".");
  const operations = types.find((type) => type.name === name)?.operations;
  const operation = operations?.find((each) => each.name === `${name}.batch`);
  if (!operation) return undefined;
  const fields = parametersOf(operation);
  const able = fields.some(
    (field) => field.name === "operation" && field.kind === "enum" && field.options.includes(verb),
  );
  if (!able) return undefined;
  const asked = fields.filter((field) => !CHOSEN.has(field.name));
  const help = offer.operation.help;
  return {
    offer: { ...offer, operation: { ...operation, help }, fields: asked, asks: true, destroys: false },
    verb,
  };
}
