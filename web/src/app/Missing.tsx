/** Missing: a path or a resource that is not there, or that the viewer may not see: to him the same. */
import { Link } from "@tanstack/react-router";
import { Notice } from "~/kit/Notice";

export function Missing({ what = "page" }: { what?: string }): React.ReactNode {
  return (
    <Notice
      title={`There is no such ${what}`}
      text="It was removed or renamed, or you may not see it."
      action={
        <Link className="link" to="/">
          Go to the overview
        </Link>
      }
    />
  );
}
