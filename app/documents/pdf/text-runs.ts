import createBidi from "bidi-js";
import { type Font, findFont, type Script, type Weight } from "./fonts.ts";
import { findScript } from "./printable.ts";

const bidi = createBidi();

/** Letters of one font and one direction, in the order they are read. Runs stand in the order they are drawn. */
export interface TextRun {
  text: string;
  script: Script;
  rightToLeft: boolean;
  /** In thousandths of the font size. */
  width: number;
}

/** Letters and signs of a language that is written from the right. */
const fromTheRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Whether any of it is. */
export function isFromTheRight(line: string): boolean {
  return fromTheRight.test(line);
}

/**
 * Takes a line of printable text apart into what can be drawn with one font from left to right. Text that is written
 * from the right is put in its visual order (Unicode bidirectional algorithm); the direction of the whole is that of
 * its first letter.
 */
export function splitRuns(line: string, weight: Weight): TextRun[] {
  if (!isFromTheRight(line)) return splitByFont(line, weight, false);
  return visualPieces(line).flatMap(({ text, isReversed }) => {
    const runs = splitByFont(text, weight, isReversed);
    return isReversed ? runs.reverse() : runs;
  });
}

/** In thousandths of the font size. */
export function measureText(line: string, weight: Weight): number {
  return splitRuns(line, weight).reduce((width, run) => width + run.width, 0);
}

/** Runs of one level, ordered as they are seen (rule L2), each still in the order it is read. */
function visualPieces(line: string): { text: string; isReversed: boolean }[] {
  const embedding = bidi.getEmbeddingLevels(line);
  const mirrored = bidi.getMirroredCharactersMap(line, embedding.levels);
  const pieces: { text: string; level: number }[] = [];
  for (let index = 0; index < line.length; index += 1) {
    const level = embedding.levels[index] ?? 0;
    const character = mirrored.get(index) ?? line[index] ?? "";
    const last = pieces.at(-1);
    if (last?.level === level) last.text += character;
    else pieces.push({ text: character, level });
  }
  const highest = Math.max(0, ...pieces.map((piece) => piece.level));
  for (let level = highest; level > 0; level -= 1) reverseFrom(pieces, level);
  return pieces.map(({ text, level }) => ({ text, isReversed: level % 2 === 1 }));
}

/** Reverses, in place, each stretch of pieces whose level is at least this one. */
function reverseFrom(pieces: { level: number }[], level: number): void {
  let start = 0;
  while (start < pieces.length) {
    let end = start;
    while ((pieces[end]?.level ?? -1) >= level) end += 1;
    pieces.splice(start, end - start, ...pieces.slice(start, end).reverse());
    start = end + 1;
  }
}

function isWrittenFromRight(script: Script): boolean {
  return script === "arabic" || script === "hebrew";
}

function splitByFont(text: string, weight: Weight, isReversed: boolean): TextRun[] {
  const runs: { text: string; script: Script }[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    const script = scriptFor(character, last?.script);
    if (last?.script === script) last.text += character;
    else runs.push({ text: character, script });
  }
  return runs.map((run) => {
    const font = findFont(run.script, weight);
    const rightToLeft = isReversed && isWrittenFromRight(run.script);
    // The font turns its own letters round. Signs between them are in a font that knows of no such direction.
    const text = isReversed && !rightToLeft ? [...run.text].reverse().join("") : run.text;
    return { text, script: run.script, rightToLeft, width: measureRun(font, text, rightToLeft) };
  });
}

/** Spaces and combining marks stay with what stands before them, if its font has them. */
function scriptFor(character: string, before: Script | undefined): Script {
  const codePoint = character.codePointAt(0) ?? 0;
  const joins = before && before !== "latin" && /[\p{Zs}\p{M}]/u.test(character);
  if (joins && findFont(before, "regular").hasGlyphForCodePoint(codePoint)) return before;
  return findScript(codePoint) ?? "latin";
}

/** As pdfkit sets it: word by word from left to right, and as one piece from right to left. */
function measureRun(font: Font, text: string, rightToLeft: boolean): number {
  const pieces = rightToLeft ? [text] : (text.match(/[^ \t]*[ \t]|[^ \t]+$/g) ?? []);
  return pieces.reduce((width, piece) => width + font.layout(piece).advanceWidth, 0);
}
