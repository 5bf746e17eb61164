/** Comparison: what differs between a release's config and another's, or the config as it is now. */
import { Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { useType } from "~/api/hooks";
import type { Deployment, Resource } from "~/api/types";
import { changeLines } from "~/kit/diff/changes";
import { Diff } from "~/kit/diff/Diff";
import { ProblemText } from "~/kit/ProblemText";
import classes from "./history.module.css";
import { type Deployed, useDiff } from "./useHistory";
import { others } from "./words";

export function Comparison(props: {
  history: readonly Deployed[];
  release: Deployed;
  resource: Resource;
}): React.ReactNode {
  const { history, release, resource } = props;
  const choices = others(history, release);
  const [other, setOther] = useState(choices[0]?.value ?? "0");
  const type = useType("deployment");
  const { data, problem } = useDiff(resource as unknown as Deployment, release.release, Number(other));
  const lines = useMemo(
    () => changeLines(data ?? [], type?.config, resource.names),
    [data, type, resource.names],
  );
  const image = history.find((one) => one.release === Number(other));
  return (
    <section className={classes.comparison} aria-label={`Release ${release.release} compared`}>
      <div className={classes.compare}>
        <span>compared with</span>
        <Select
          aria-label="Compare with"
          size="xs"
          w={210}
          allowDeselect={false}
          data={choices}
          value={other}
          onChange={(value) => setOther(value ?? "0")}
        />
        <span className="faint small">− only here, + only there</span>
      </div>
      {problem && <ProblemText problem={problem} />}
      {image && image.image_id !== release.image_id && <Images before={release} after={image} />}
      {data && <Diff before={lines.before} after={lines.after} label="What differs" />}
    </section>
  );
}

/** The same reference may have meant another image. */
function Images({ before, after }: { before: Deployed; after: Deployed }): React.ReactNode {
  return (
    <dl className={classes.images}>
      <dt>Image</dt>
      <dd className="mono cut" title={before.digest || before.image_id}>
        − {before.image_id.replace("sha256:", "").slice(0, 12)}
      </dd>
      <dd className="mono cut" title={after.digest || after.image_id}>
        + {after.image_id.replace("sha256:", "").slice(0, 12)}
      </dd>
    </dl>
  );
}
