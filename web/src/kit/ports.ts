/** Which published ports of a container can be opened, and where. */
import type { Container } from "~/api/types";

export interface PublishedPort {
  text: string;
  title: string;
  /** Only where a browser could open it: TCP, at an address this viewer may reach. */
  href?: string;
}

const HTTPS = new Set([443, 8443, 9443]);
const LOOPBACK = /^(127\.|::1$|localhost$)/;
const EVERYWHERE = new Set(["", "0.0.0.0", "::"]);

/** Each host port once (Docker tells IPv4 and IPv6 apart), in order; `server` is the address core reaches it at. */
export function published(ports: Container["ports"], server: string, viewer: string): PublishedPort[] {
  const seen = new Map<string, PublishedPort>();
  for (const port of [...ports].sort((a, b) => a.host - b.host)) {
    if (!port.host) continue;
    const key = `${port.host}/${port.protocol}`;
    const address = EVERYWHERE.has(port.address) ? "" : port.address;
    if (seen.has(key)) continue;
    const text = port.protocol === "tcp" ? String(port.host) : key;
    const title = `${address ? `${address}:` : ""}${port.host} → ${port.container}/${port.protocol}`;
    const href =
      port.protocol === "tcp" ? link(port.host, port.container, address || server, viewer) : undefined;
    seen.set(key, href ? { text, title, href } : { text, title });
  }
  return [...seen.values()];
}

/** What listens on loopback alone can be opened only by a browser on that machine. */
function link(host: number, container: number, address: string, viewer: string): string | undefined {
  if (!address || (LOOPBACK.test(address) && !LOOPBACK.test(viewer))) return undefined;
  const name = address.includes(":") && !address.startsWith("[") ? `[${address}]` : address;
  const https = HTTPS.has(host) || HTTPS.has(container);
  return `${https ? "https" : "http"}://${name}:${host}`;
}
