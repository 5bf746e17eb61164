/** Words: how a maintenance stands. */
import type { Schemas } from "~/api/types";
import type { Standing } from "~/kit/State";
import type { Known } from "../ui";

export type Maintenance = Schemas["Maintenance"];

export const maintenanceOf = (known: Known): Maintenance => known.resource as unknown as Maintenance;

const STANDINGS: Record<string, Standing> = {
  now: { tone: "busy", word: "Under way" },
  planned: { tone: "ok", word: "Planned" },
  over: { tone: "off", word: "Over" },
};

export function standing(known: Known): Standing {
  return STANDINGS[maintenanceOf(known).status.state] ?? { tone: "off", word: "Off" };
}
