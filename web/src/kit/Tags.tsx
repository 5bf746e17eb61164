/** Tags: people's own words on a resource, without colour. */
import classes from "./Tags.module.css";

export function Tags({ tags }: { tags: readonly string[] }): React.ReactNode {
  if (tags.length === 0) return null;
  return (
    <span className={classes.tags} title={tags.join(", ")}>
      {tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
    </span>
  );
}
