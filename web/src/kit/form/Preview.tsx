/** Preview: what the config in a form would do, shown by its type above the fields as they are typed. */
import { Suspense } from "react";
import { uiOf } from "~/resources/registry";
import type { Values } from "./draft";
import { bodyOf } from "./formFields";

export function Preview({ type, values }: { type: string; values: Values }): React.ReactNode {
  const View = uiOf(type).Preview;
  const { config } = bodyOf(values);
  if (!View || !config) return null;
  return (
    <Suspense>
      <View config={config as Record<string, unknown>} />
    </Suspense>
  );
}
