import type { TemplateChoice } from "../document.ts";
import { inkOn, inkOnWhite, tint } from "./color.ts";

/** Points (1/72 inch) in a millimetre. */
export const mm = 72 / 25.4;

export interface Paper {
  size: "A4" | "LETTER";
  width: number;
  height: number;
}

/** The United States and Canada print on Letter, everybody else on A4. */
export function choosePaper(countryCode: string | null): Paper {
  return countryCode === "US" || countryCode === "CA"
    ? { size: "LETTER", width: 612, height: 792 }
    : { size: "A4", width: 595.28, height: 841.89 };
}

/** Distances from the edges and the window of an envelope (DIN 5008, form B), in points. */
export const page = {
  left: 25 * mm,
  right: 20 * mm,
  top: 14 * mm,
  /** Where later pages begin, below their running head. */
  nextTop: 24 * mm,
  bottom: 12 * mm,
  /** The window: 45 mm from above, its first line for the sender. */
  windowTop: 51 * mm,
  windowWidth: 80 * mm,
  /** The block at the right: who sends this, and in the classic template its facts. */
  asideLeft: 125 * mm,
  /** Above this line nothing but letterhead. */
  titleTop: 98 * mm,
} as const;

export const ink = "#1a1a1a";
/** For what is said beside the point; 7:1 on white. */
export const quiet = "#555555";
export const hairline = "#c8c8c8";

/** What tells the templates apart. A change here, as anywhere in this folder, needs a new `templateVersion`. */
export interface Look {
  /** For titles and the total, legible on white. */
  accent: string;
  /** Across the top of the first page; null for none. */
  band: string | null;
  tableHead: { fill: string | null; ink: string };
  /** Behind every second row; null for hairlines between rows instead. */
  stripe: string | null;
  totalFill: string | null;
  titleSize: number;
  /** Number and dates: beside the address, or in a strip below the title. */
  facts: "aside" | "strip";
}

export function chooseLook({ name, color }: TemplateChoice): Look {
  const accent = inkOnWhite(color);
  switch (name) {
    case "classic":
      return {
        accent,
        band: null,
        tableHead: { fill: null, ink },
        stripe: null,
        totalFill: null,
        titleSize: 17,
        facts: "aside",
      };
    case "modern":
      return {
        accent,
        band: color,
        tableHead: { fill: color, ink: inkOn(color) },
        stripe: tint(color, 0.06),
        totalFill: tint(color, 0.12),
        titleSize: 22,
        facts: "strip",
      };
  }
}
