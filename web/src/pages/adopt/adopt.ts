/** Adopt: which containers may be adopted, and where that is done. */
import type { PlacedContainer } from "~/pages/containers/placed";

/** Nobody's: no deployment of this core, and no label of another. */
export function adoptable({ deployment, container }: PlacedContainer): boolean {
  return (
    !deployment &&
    !container.labels.some(([name]) => name === "monitor.core" || name === "monitor.deployment")
  );
}

export function adoptPath({ server, container }: PlacedContainer): string {
  return `/deployments/adopt?server=${server}&container=${container.id}`;
}

export interface Variable {
  name: string;
  /** Of a secret one it is not told. */
  value: string | undefined;
}

interface Env {
  environment: readonly { name: string; value?: string }[];
  secret_environment: readonly { name: string }[];
}

/** All of them, by name. */
export function variablesOf(config: Env): Variable[] {
  const plain = config.environment.map(({ name, value }) => ({ name, value: value ?? "" }));
  const secret = config.secret_environment.map(({ name }) => ({ name, value: undefined }));
  return [...plain, ...secret].sort((a, b) => (a.name < b.name ? -1 : 1));
}
