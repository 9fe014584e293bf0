import { createRequire } from "node:module";

/**
 * The fonts that documents are set in: Noto Sans for Latin, Greek and Cyrillic, and one more each for Japanese, Arabic
 * and Hebrew. A file is opened when its first character is asked for and stays open for the process: parsing one costs
 * up to 70 ms, the rest of a document less than half of that.
 */

export type Weight = "regular" | "bold";
export type Script = "latin" | "japanese" | "arabic" | "hebrew";

interface Glyph {
  id: number;
  /** What it stands for. pdfkit writes it into the file, so that text can be searched and copied. */
  codePoints: number[];
}

interface GlyphRun {
  glyphs: Glyph[];
  positions: Record<string, number>[];
  advanceWidth: number;
}

/** What is used of a fontkit font, by us and by pdfkit. */
export interface Font {
  unitsPerEm: number;
  postscriptName: string;
  hasGlyphForCodePoint(codePoint: number): boolean;
  getGlyph(id: number, codePoints?: number[]): Glyph;
  stringsForGlyph(id: number): string[];
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
  const font = withLayoutCache(
    withOwnCodePoints(fontkit.openSync(require.resolve(`@expo-google-fonts/${path}`))),
  );
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
    const run = nameParts(font, shape(text, features));
    if (text.length > cachedLength) return run;
    if (kept.size >= cachedWords) kept.clear();
    kept.set(text, run);
    return run;
  };
  return font;
}

/**
 * fontkit keeps a glyph with the letters it was first drawn for. Two letters may share one (a space and a no-break
 * space), and then the same document would be written otherwise after another document; so each use gets its own.
 */
function withOwnCodePoints(font: Font): Font {
  const find = font.getGlyph.bind(font);
  font.getGlyph = (id, codePoints) => {
    const glyph = find(id, codePoints);
    return codePoints ? standFor(glyph, codePoints) : glyph;
  };
  return font;
}

function standFor(glyph: Glyph, codePoints: number[]): Glyph {
  const isSame =
    codePoints.length === glyph.codePoints.length &&
    codePoints.every((point, index) => point === glyph.codePoints[index]);
  return isSame ? glyph : Object.create(glyph, { codePoints: { value: codePoints, enumerable: true } });
}

/** Zero width space: a dot of an Arabic letter is a glyph of its own, but no letter. */
const noLetter = [0x200b];

/** Where a font takes a letter apart ("ị" into "i" and a dot), each part stands for itself and not for the whole. */
function nameParts(font: Font, run: GlyphRun): GlyphRun {
  const named = run.glyphs.map((glyph, index) => {
    const isPart = glyph.codePoints.length === 0;
    if (!isPart && run.glyphs[index + 1]?.codePoints.length !== 0) return glyph;
    const [letters] = font.stringsForGlyph(glyph.id);
    if (letters) return standFor(glyph, toCodePoints(letters.normalize("NFKC")));
    return isPart ? standFor(glyph, noLetter) : glyph;
  });
  run.glyphs.splice(0, run.glyphs.length, ...named);
  return run;
}

function toCodePoints(text: string): number[] {
  return [...text].map((character) => character.codePointAt(0) ?? 0);
}
