/** BuildNote: below the choice of a build as image: who gains power over the deployment by that. */
import { useBuilds } from "~/api/hooks";
import { isObject } from "~/kit/form/field";
import after from "~/resources/build/after/After.module.css";
import { WritersText } from "~/resources/build/after/WritersText";
import type { NoteProps } from "../ui";

export function BuildNote({ value }: NoteProps): React.ReactNode {
  const { items } = useBuilds();
  const build =
    isObject(value) && value.kind === "build" && typeof value.build === "string" ? value.build : "";
  const found = items.get(build);
  if (!build || !found) return null;
  return (
    <p className={after.note} role="note">
      <WritersText build={found.id} name={found.name} />
    </p>
  );
}
