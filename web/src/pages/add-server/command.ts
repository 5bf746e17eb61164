/** The join command: what core suggests, fitted to where the host reaches core and how its periphery runs. Pure. */

/** Core's own words, taken apart. */
export interface Suggested {
  url: string;
  token: string;
}

export type Place = "service" | "container";

const PLACEHOLDER = "ADDRESS-OF-CORE";
const CONFIG = "/etc/monitor/periphery.toml";
/** What an address may hold; nothing of it means anything to a shell. */
const SAFE = /^[A-Za-z0-9._:%[\]/-]+$/;

/** `monitor periphery join URL --token TOKEN`; undefined when core says something else. */
export function suggested(command: string): Suggested | undefined {
  const found = /\bjoin (\S+) --token (\S+)/.exec(command);
  const [, url, token] = found ?? [];
  return url && token ? { url, token } : undefined;
}

/** The URL a host should use: core's, or where this page came from when core cannot know its own address. */
export function defaultUrl(url: string, page: { origin: string; hostname: string }): string {
  if (!url.includes(PLACEHOLDER)) return url;
  return isLoopback(page.hostname) ? "" : page.origin;
}

/** Whether hosts other than core's own cannot reach it there. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host === "::1" || /^127\./.test(host);
}

/** The host name of a URL; empty when it is none. */
export function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return "";
  }
}

/**
 * What a person typed as core's address, as a whole URL: `core.lan` → `http://core.lan:9120`, with the scheme and port of
 * what core suggested. Undefined when it is no address.
 */
export function wholeUrl(typed: string, core: string): string | undefined {
  const text = typed.trim().replace(/\/+$/, "");
  if (!SAFE.test(text)) return undefined;
  const like = /^(https?):\/\/.*?(:\d+)?$/.exec(core);
  const [, scheme = "http", port = ":9120"] = like ?? [];
  if (/^https?:\/\//.test(text)) return hostOf(text) ? text : undefined;
  const host = text.includes("::") && !text.startsWith("[") ? `[${text}]` : text;
  const whole = /:\d+$/.test(host) ? `${scheme}://${host}` : `${scheme}://${host}${port}`;
  return hostOf(whole) && !text.includes("/") ? whole : undefined;
}

/** An address core may call a host at; undefined when it is none. */
export function calledAt(typed: string): string | undefined {
  const text = typed.trim();
  return SAFE.test(text) && !text.includes("/") && !text.startsWith("-") ? text : undefined;
}

/** What to run on the host. */
export function joinCommand(given: { url: string; token: string; place: Place; callAt?: string }): string {
  const { url, token, place, callAt } = given;
  const more = callAt ? ` --call-at ${callAt}` : "";
  const join = `monitor periphery join ${url} --token ${token}${more}`;
  return place === "service" ? `sudo ${join} --config ${CONFIG}` : `docker exec monitor-periphery ${join}`;
}

/** What to run before where no periphery is installed yet; `version` is core's. */
export function installCommands(version: string): string {
  return [
    "sudo python3 -m venv /opt/monitor",
    `sudo /opt/monitor/bin/pip install './monitor-${version}-py3-none-any.whl[periphery]'`,
    "sudo ln -s /opt/monitor/bin/monitor /usr/local/bin/monitor",
    "sudo monitor periphery config --systemd --install",
    "sudo systemctl enable --now monitor-periphery",
  ].join("\n");
}
