/** Screen: xterm.js under this app's content policy and in its colours. Loaded only where a terminal is opened. */
import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { type ITheme, Terminal } from "@xterm/xterm";

export interface Screen {
  terminal: Terminal;
  /** Take the size of the place it stands in. */
  fit(): void;
  /** After the colours of the app have changed. */
  recolour(): void;
  dispose(): void;
}

export function makeScreen(place: HTMLElement, fontSize: number): Screen {
  const terminal = new Terminal({
    allowProposedApi: true,
    fontFamily: token("--mono"),
    fontSize,
    theme: theme(),
    cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    // Programs choose colours without knowing the background.
    minimumContrastRatio: 4.5,
    scrollback: 10_000,
    linkHandler: { activate: (_, link) => openLink(link) },
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = "11";
  terminal.loadAddon(new WebLinksAddon((_, link) => openLink(link)));
  // What runs in a container names no window of this browser and reaches no clipboard.
  for (const code of [0, 1, 2, 52]) terminal.parser.registerOscHandler(code, () => true);
  withNonce(() => terminal.open(place));
  return {
    terminal,
    fit: () => fit.fit(),
    recolour: () => {
      terminal.options.theme = theme();
    },
    dispose: () => terminal.dispose(),
  };
}

/** Do it while each style element that is made gets the page's nonce: without it the content policy refuses the
 * styles xterm adds. Its `documentOverride` does not reach all of them. */
function withNonce(make: () => void): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
  const create = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const made = create(name, options);
    if (made instanceof HTMLStyleElement) made.nonce = nonce;
    return made;
  };
  try {
    make();
  } finally {
    // The one of the prototype again.
    Reflect.deleteProperty(document, "createElement");
  }
}

function openLink(link: string): void {
  if (/^https?:\/\//i.test(link)) window.open(link, "_blank", "noopener,noreferrer");
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function theme(): ITheme {
  const [text, quiet, accent] = [token("--text"), token("--text-3"), token("--accent")];
  const [red, green, yellow, cyan] = ["--bad", "--ok", "--warn", "--busy"].map(token) as [
    string,
    string,
    string,
    string,
  ];
  return {
    background: token("--sunken"),
    foreground: text,
    cursor: accent,
    cursorAccent: token("--sunken"),
    selectionBackground: token("--line-2"),
    black: token("--line-2"),
    brightBlack: quiet,
    white: token("--text-2"),
    brightWhite: text,
    ...{ red, green, yellow, cyan, blue: accent, magenta: accent },
    ...{ brightRed: red, brightGreen: green, brightYellow: yellow },
    ...{ brightCyan: cyan, brightBlue: accent, brightMagenta: accent },
  };
}
