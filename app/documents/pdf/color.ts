/** The shop's colour, and what can be read on it and in it. Colours are `#rrggbb`. */

const white = "#ffffff";
const nearBlack = "#1a1a1a";

/** Small text needs 4.5 (WCAG 2.2, 1.4.3); a little more leaves room for tints behind it. */
const readable = 5.2;

function channels(color: string): [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
}

function toHex(parts: number[]): string {
  return `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

function luminance(color: string): number {
  const [red, green, blue] = channels(color).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** Contrast of two colours, from 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** Puts `share` (0 to 1) of a colour on white. */
export function tint(color: string, share: number): string {
  return toHex(channels(color).map((part) => 255 - (255 - part) * share));
}

/** The colour itself if text in it can be read on white, else darker until it can. */
export function inkOnWhite(color: string): string {
  let ink = color;
  while (contrast(ink, white) < readable) ink = toHex(channels(ink).map((part) => part * 0.92));
  return ink;
}

/** White or nearly black: what is easier to read on a colour. */
export function inkOn(color: string): string {
  return contrast(color, white) >= contrast(color, nearBlack) ? white : nearBlack;
}
