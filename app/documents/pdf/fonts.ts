import { createRequire } from "node:module";

/**
 * The fonts that documents are set in: Noto Sans for Latin, Greek and Cyrillic, and one more each for Japanese, Arabic
 * and Hebrew. A file is opened when its first character is asked for and stays open for the process: parsing one costs
 * up to 70 ms, the rest of a document less than half of that.
 */

export type Weight = "regular" | "bold";
export type Script = "latin" | "japanese" | "arabic" | "hebrew";

interface GlyphRun {
  glyphs: unknown[];
  positions: Record<string, number>[];
  advanceWidth: number;
}

/** What is used of a fontkit font, by us and by pdfkit. */
export interface Font {
  unitsPerEm: number;
  postscriptName: string;
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string, features?: unknown): GlyphRun;
}

const require = createRequire(import.meta.url);
// The fontkit that pdfkit itself uses: what is measured here is then what it writes.
const fontkit: { openSync(path: string): Font } = createRequire(require.resolve("pdfkit"))("fontkit");

const files: Record<Script, Record<Weight, string>> = {
  latin: {
    regular: "noto-sans/400Regular/NotoSans_400Regular.ttf",
    bold: "noto-sans/700Bold/NotoSans_700Bold.ttf",
  },
  japanese: {
    regular: "noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf",
    bold: "noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf",
  },
  arabic: {
    regular: "noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf",
    bold: "noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf",
  },
  hebrew: {
    regular: "noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf",
    bold: "noto-sans-hebrew/700Bold/NotoSansHebrew_700Bold.ttf",
  },
};

const open = new Map<string, Font>();

/** @throws Error when a font's package is not installed: nothing can be rendered without it */
export function findFont(script: Script, weight: Weight): Font {
  const path = files[script][weight];
  const known = open.get(path);
  if (known) return known;
  const font = withLayoutCache(fontkit.openSync(require.resolve(`@expo-google-fonts/${path}`)));
  open.set(path, font);
  return font;
}

/** Words kept for each font. Invoices say the same ones over and over. */
const cachedWords = 4_000;
/** Longer texts are seldom said twice. */
const cachedLength = 40;

/**
 * Shaping is most of the cost of a document, so what was shaped is kept for the process and not for one document.
 * Sharing is safe because pdfkit scales positions in place by `1000 / unitsPerEm`, which is 1 for these fonts.
 */
function withLayoutCache(font: Font): Font {
  if (font.unitsPerEm !== 1000)
    throw new Error(`${font.postscriptName} has other units than are counted on.`);
  const shape = font.layout.bind(font);
  const kept = new Map<string, GlyphRun>();
  font.layout = (text, features) => {
    const known = kept.get(text);
    if (known) return known;
    const run = shape(text, features);
    if (text.length > cachedLength) return run;
    if (kept.size >= cachedWords) kept.clear();
    kept.set(text, run);
    return run;
  };
  return font;
}
