/** Missing: a path or a resource that is not there, or that the viewer may not see: to him the same. */
import { Link } from "@tanstack/react-router";
import { PageTitle } from "~/app/Where";
import { Notice } from "~/kit/Notice";

export function Missing(props: {
  what?: string;
  /** Of a page that is there and has its title. */
  within?: boolean;
}): React.ReactNode {
  const { what = "page", within = false } = props;
  return (
    <>
      {!within && <PageTitle title="Not found" />}
      <Notice
        title={`There is no such ${what}`}
        text="It was removed or renamed, or you may not see it."
        action={
          <Link className="link" to="/">
            Go to the overview
          </Link>
        }
      />
    </>
  );
}
