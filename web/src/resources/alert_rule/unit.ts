/** Unit: what the levels of a rule are counted in. Pure. */
import { isObject } from "~/kit/form/field";
import type { RuleConfig } from "./words";

/** The unit of its levels, as the schema of conditions tells it. */
export function unitOf(what: RuleConfig["what"], schema: unknown): string {
  if (what.kind === "disk_full") return "hours";
  if (what.kind !== "server_figure" && what.kind !== "container_figure") return "";
  const name = what.kind === "server_figure" ? "ServerFigure" : "ContainerFigure";
  const choices = at(schema, "$defs", name, "properties", "measure", "x-choices");
  const found = Array.isArray(choices)
    ? choices.find((each) => at(each, "value") === what.measure)
    : undefined;
  const unit = at(found, "unit");
  return typeof unit === "string" ? unit : "";
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}
