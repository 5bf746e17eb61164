/** Version: the image that runs, and a word when the config has changed since. */
import type { Deployment } from "~/api/types";
import { shortImage, version } from "./words";

export function Version({ deployment }: { deployment: Deployment }): React.ReactNode {
  const image = version(deployment);
  return (
    <span className="cut" title={image}>
      <span className="mono">{shortImage(image)}</span>
      {deployment.status.outdated && (
        <span className="faint small" title="The config was changed after the last deploy">
          {" "}
          config changed
        </span>
      )}
    </span>
  );
}
