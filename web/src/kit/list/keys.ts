/** Keys: what a key pressed over a list asks for. */

export type Command =
  | { do: "move"; by: number; extend: boolean }
  | { do: "edge"; end: "first" | "last"; extend: boolean }
  | { do: "page"; by: 1 | -1; extend: boolean }
  | { do: "open" | "select" | "extend" | "all" | "clear" | "search" | "fold" | "unfold" };

export interface Pressed {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Letters work wherever nobody types; the others only where they mean nothing else. */
export function commandOf(pressed: Pressed, inRows: boolean): Command | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return undefined;
  return letter(pressed) ?? (inRows ? other(pressed) : undefined);
}

function letter({ key, shiftKey: extend }: Pressed): Command | undefined {
  switch (key) {
    case "j":
    case "J":
      return { do: "move", by: 1, extend };
    case "k":
    case "K":
      return { do: "move", by: -1, extend };
    case "x":
      return { do: "select" };
    case "X":
      return { do: "extend" };
    case "a":
      return { do: "all" };
    case "/":
      return { do: "search" };
    case "Escape":
      return { do: "clear" };
    default:
      return undefined;
  }
}

function other({ key, shiftKey: extend }: Pressed): Command | undefined {
  switch (key) {
    case "ArrowDown":
      return { do: "move", by: 1, extend };
    case "ArrowUp":
      return { do: "move", by: -1, extend };
    case "PageDown":
      return { do: "page", by: 1, extend };
    case "PageUp":
      return { do: "page", by: -1, extend };
    case "Home":
      return { do: "edge", end: "first", extend };
    case "End":
      return { do: "edge", end: "last", extend };
    case "ArrowLeft":
      return { do: "fold" };
    case "ArrowRight":
      return { do: "unfold" };
    case "Enter":
      return { do: "open" };
    case " ":
      return { do: extend ? "extend" : "select" };
    default:
      return undefined;
  }
}
