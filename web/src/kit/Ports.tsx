/** Ports: those a container publishes, as links where this browser can reach them. */
import { useServers } from "~/api/hooks";
import type { Container } from "~/api/types";
import classes from "./Ports.module.css";
import { published } from "./ports";

export function Ports({ ports, server }: { ports: Container["ports"]; server: string }): React.ReactNode {
  const { items } = useServers();
  const shown = published(ports, items.get(server)?.config.address ?? "", location.hostname);
  if (shown.length === 0) return <span className="faint">—</span>;
  return (
    <span className={classes.ports} title={shown.map((port) => port.title).join("\n")}>
      {shown.map((port) =>
        port.href ? (
          <a key={port.title} className={classes.port} href={port.href} target="_blank" rel="noreferrer">
            {port.text}
          </a>
        ) : (
          <span key={port.title}>{port.text}</span>
        ),
      )}
    </span>
  );
}
