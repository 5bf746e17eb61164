/** Nothing: why a list shows no row: broken, forbidden, empty, or nothing that matches. */
import { Button } from "@mantine/core";
import type { ProblemBody } from "~/api/types";
import { Notice } from "~/kit/Notice";

export function Broken({
  name,
  problem,
  retry,
}: {
  name: string;
  problem: ProblemBody;
  retry: () => void;
}): React.ReactNode {
  const forbidden = problem.status === 403 || problem.status === 404;
  return (
    <Notice
      tone={forbidden ? "off" : "bad"}
      title={forbidden ? `You may not see ${name} here` : `The ${name} cannot be shown`}
      text={[problem.detail, problem.hint].filter(Boolean).join(" ")}
      raw={forbidden ? undefined : JSON.stringify(problem, undefined, 2)}
      action={<Button onClick={retry}>Try again</Button>}
    />
  );
}

export function NoMatch({
  name,
  total,
  clear,
}: {
  name: string;
  total: number;
  clear(): void;
}): React.ReactNode {
  return (
    <Notice
      title="Nothing matches"
      text={`None of the ${total} ${name} fits this search and these filters.`}
      action={<Button onClick={clear}>Clear search and filters</Button>}
    />
  );
}
