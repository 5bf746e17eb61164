/** Unreachable: core does not answer, said plainly, before there is anything else to show. */
import { Button } from "@mantine/core";
import type { Problem } from "~/api/http";
import { Frame } from "~/pages/sign-in/Frame";

export function Unreachable({ problem, retry }: { problem: Problem; retry: () => void }): React.ReactNode {
  return (
    <Frame title={problem.body.title}>
      <p className="muted" role="alert">
        {problem.message}
      </p>
      {problem.body.hint && <p className="faint small">{problem.body.hint}</p>}
      <Button variant="filled" onClick={retry}>
        Try again
      </Button>
    </Frame>
  );
}
