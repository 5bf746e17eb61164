/** Colour: a terminal style in the app's own colours, readable on its ground in both themes. */
import type { CSSProperties } from "react";
import type { Colour, Style } from "./style";

const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** The style attribute of a stretch of text; undefined for plain text. */
export function styleOf(style: Style): CSSProperties | undefined {
  const found: CSSProperties = {};
  const fg = style.inverse ? (style.bg ?? 0) : style.fg;
  const bg = style.inverse ? (style.fg ?? 7) : style.bg;
  if (bg !== undefined) {
    found.background = `color-mix(in oklab, ${css(bg)} 24%, transparent)`;
    found.color = onGround(fg);
  } else if (fg !== undefined) {
    found.color = css(fg);
  }
  if (style.dim) found.color = `color-mix(in oklab, ${found.color ?? "var(--text)"} 45%, var(--text-3))`;
  if (style.bold) found.fontWeight = 700;
  if (style.italic) found.fontStyle = "italic";
  const lines = [style.underline && "underline", style.strike && "line-through"].filter(Boolean).join(" ");
  if (lines) found.textDecoration = lines;
  return Object.keys(found).length > 0 ? found : undefined;
}

/** On a tinted ground greys give way to the text colour, and colours come half way. */
function onGround(fg: Colour | undefined): string {
  const grey = fg === undefined || fg === 0 || fg === 7 || fg === 8 || fg === 15;
  return grey ? "var(--text)" : `color-mix(in oklab, ${css(fg)} 40%, var(--text))`;
}

/** Named colours are the theme's; of others the lightness is moved until they can be read on its ground. */
function css(colour: Colour): string {
  if (typeof colour === "number") {
    return `var(--ansi-${colour > 7 ? "bright-" : ""}${NAMES[colour % 8] ?? "white"})`;
  }
  return `oklch(from rgb(${colour}) clamp(var(--ansi-least), l, var(--ansi-most)) c h)`;
}
