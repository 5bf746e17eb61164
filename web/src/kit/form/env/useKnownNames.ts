/** useKnownNames: variables that others of the form's type use, as far as the viewer may read those. */
import { useMemo } from "react";
import { useResources } from "~/api/hooks";
import { topOf } from "../path";
import { useScope } from "../scope";
import { knownNames } from "./completion";

export function useKnownNames(path: string): string[] {
  const { items } = useResources(useScope().type);
  const field = topOf(path).replace(/^config\./, "");
  return useMemo(
    () =>
      knownNames(
        [...items.values()].map((each) => each.config),
        field,
      ),
    [items, field],
  );
}
