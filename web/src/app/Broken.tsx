/** Broken: a page failed; the rest goes on. */
import { Button } from "@mantine/core";
import { PageTitle } from "~/app/Where";
import { Notice } from "~/kit/Notice";

export function Broken({ error, reset }: { error: unknown; reset?: () => void }): React.ReactNode {
  return (
    <>
      <PageTitle title="Failed" />
      <Notice
        tone="bad"
        title="This page failed"
        text="That is a bug in Monitor or an answer this page cannot read. Nothing was changed by it."
        raw={error instanceof Error ? (error.stack ?? error.message) : String(error)}
        action={
          <Button
            onClick={() => {
              if (reset) reset();
              location.reload();
            }}
          >
            Load it again
          </Button>
        }
      />
    </>
  );
}
