/** History: the layers of an image, newest first: what each came from and how much it added. */
import { useAsked } from "~/api/asked";
import { ProblemText } from "~/kit/ProblemText";
import { Ago } from "~/kit/time";
import { bytes } from "~/kit/units";
import type { ServerResource } from "../model";
import classes from "./docker.module.css";
import type { Layer } from "./things";

export function History({ server, image }: { server: ServerResource; image: string }): React.ReactNode {
  const { data, error } = useAsked<Layer[]>(`/servers/${server.id}/image_history`, { image });
  if (error) return <ProblemText problem={error} />;
  return (
    <details className={classes.fold} open>
      <summary>Layers{data && <span className="faint"> {data.length}</span>}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable */}
      <ol className={classes.layers} tabIndex={0} aria-label="Layers, newest first">
        {data?.map((layer, index) => (
          <li key={index} data-empty={layer.size === 0 || undefined}>
            <span className={classes.size}>{layer.size === 0 ? "—" : bytes(layer.size)}</span>
            <code dir="auto" title={layer.command}>
              {said(layer.command)}
            </code>
            <span className="faint">
              <Ago at={layer.created} />
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** Without what every builder writes around the line of the Dockerfile. */
function said(command: string): string {
  return (
    command
      .replace(/^\/bin\/sh -c (#\(nop\) *)?/, "")
      .replace(/ # buildkit$/, "")
      .trim() || "no command told"
  );
}
