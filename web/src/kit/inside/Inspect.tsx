/** Inspect: Docker's own description of a container, folded; no value of its environment is in it. */
import { Skeleton } from "@mantine/core";
import { JsonView } from "~/kit/json/JsonView";
import type { Json } from "~/kit/json/tree";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import type { Inside } from "./inside";
import { LookAgain } from "./LookAgain";
import { useLook } from "./useLook";

const OPEN = ["State", "Config", "Config.Env", "NetworkSettings"];

export function Inspect({ inside }: { inside: Inside }): React.ReactNode {
  const looked = useLook<{ [key: string]: Json }>(inside, inside.inspect);
  const { answer, problem } = looked;
  return (
    <Panel title="Inspect" note="What Docker says of the container; values of its environment are masked">
      {problem ? (
        <Notice
          tone="bad"
          title={problem.body.title}
          text={
            <>
              <p dir="auto">{problem.body.detail}</p>
              {problem.body.hint && <p className="faint">{problem.body.hint}</p>}
            </>
          }
          action={<LookAgain looked={looked} />}
        />
      ) : answer === undefined ? (
        <Skeleton h={240} m={14} w="auto" />
      ) : (
        <JsonView value={answer} label="the description" open={OPEN} tools={<LookAgain looked={looked} />} />
      )}
    </Panel>
  );
}
