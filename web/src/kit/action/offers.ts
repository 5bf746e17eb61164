/** Offers: what the viewer may do with a resource, and why some of it cannot be done right now. */
import type { Activity, OperationInfo, Resource, TypeInfo } from "~/api/types";
import type { Field } from "~/kit/form/field";
import { parametersOf } from "~/kit/form/parameters";

export interface Offer {
  operation: OperationInfo;
  /** "Deploy". */
  label: string;
  /** Takes something away. */
  danger: boolean;
  /** Takes away what nothing brings back: the name has to be typed. */
  destroys: boolean;
  /** Why it cannot be done now. */
  blocked: string | undefined;
  /** What it may be told. */
  fields: readonly Field[];
  /** A dialog comes first. */
  asks: boolean;
  /** What it is told already. */
  says?: Readonly<Record<string, unknown>>;
}

/** Lists, forms and pages do these. */
const ELSEWHERE = new Set(["get", "list", "create", "update"]);
const TAKES_AWAY = new Set(["delete", "remove"]);
/** Where the verb of the API is not the one people say. */
const LABELS: Record<string, string> = { "build.run": "Build", "server.join_token": "Make a join token" };

/**
 * In the order in which they are declared: what works on it, what changes it here, what takes away.
 * `open`: activities on it that have not ended.
 */
export function offers(type: TypeInfo, resource: Resource, open: readonly Activity[] = []): Offer[] {
  const found = type.operations
    .filter((operation) => isOffered(operation) && resource.can.includes(operation.name))
    .map((operation) => offer(operation, resource, open));
  const rank = (each: Offer) => (each.danger ? 2 : Number(each.operation.kind !== "action"));
  return found.sort((a, b) => rank(a) - rank(b));
}

/** The same, asking for what it may be told: "Stop with options". Undefined where it asks anyway, or for nothing. */
export function withOptions(offer: Offer): Offer | undefined {
  if (offer.asks || offer.fields.length === 0) return undefined;
  return { ...offer, label: `${offer.label} with options`, asks: true };
}

/** One of them by its name; undefined if the viewer may not. */
export function offerOf(
  type: TypeInfo,
  name: string,
  resource: Resource,
  open: readonly Activity[] = [],
): Offer | undefined {
  return offers(type, resource, open).find((each) => each.operation.name === name);
}

/** What is about a part of it (a server's containers) is offered where that part is shown. */
function isOffered({ kind, targeted, part, attended, name }: OperationInfo): boolean {
  return targeted && !part && !attended && kind !== "query" && !ELSEWHERE.has(verb(name));
}

function offer(operation: OperationInfo, resource: Resource, open: readonly Activity[]): Offer {
  const label = LABELS[operation.name] ?? operation.title;
  const danger = dangerous(operation);
  const destroys = verb(operation.name) === "delete";
  const fields = parametersOf(operation);
  return {
    operation,
    label,
    danger,
    destroys,
    blocked: resource.not_now?.[operation.name] ?? busy(operation, label, open),
    fields,
    // What is harmless and has an answer to everything is done at once.
    asks: destroys || fields.some((field) => field.required || danger),
  };
}

/** The same thing twice is hardly ever meant. Others simply queue up. */
function busy(operation: OperationInfo, label: string, open: readonly Activity[]): string | undefined {
  const same = open.find((activity) => activity.operation === operation.name);
  if (!same) return undefined;
  const noun = label.toLowerCase();
  const one = `${/^[aeiou]/.test(noun) ? "An" : "A"} ${noun}`;
  return same.state === "running" ? `${one} is running` : `${one} waits for its turn already`;
}

/** Newer cores say so themselves. */
function dangerous(operation: OperationInfo & { danger?: unknown }): boolean {
  return operation.danger ? true : TAKES_AWAY.has(verb(operation.name));
}

function verb(name: string): string {
  return name.slice(name.indexOf(".") + 1);
}
