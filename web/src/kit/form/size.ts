/** Sizes as Docker writes them: `512m`, `1.5g`; k is 1024. */

const FACTORS: Record<string, number> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** Bytes of a size; undefined if it is none. */
export function readSize(text: string): number | undefined {
  const found = /^(-1|\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim());
  if (!found) return undefined;
  return Math.trunc(Number(found[1]) * (FACTORS[(found[2] ?? "").toLowerCase()] ?? 1));
}

/** A number of bytes as short as it can be written exactly. */
export function writeSize(value: number): string {
  const fits = Object.entries(FACTORS).filter(([, factor]) => value > 0 && value % factor === 0);
  const [unit, factor] = fits.at(-1) ?? ["", 1];
  return `${value / factor}${unit}`;
}
