import type { Weight } from "./fonts.ts";
import { toPrintable } from "./printable.ts";
import { measureText } from "./text-runs.ts";

/** Chinese and Japanese may break after any character … */
const ideograph = /[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]/;
/** … but a line does not begin with one of these, */
const notFirst =
  /[、。，．・：；？！ー）］｝〕〉》」』】ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々〻％,.!?:;)\]}%»”’]/;
/** and does not end with one of these. */
const notLast = /[（［｛〔〈《「『【￥＄([{«“‘]/;

/** Where a word may be parted if it must: after these, with no hyphen added. */
const breakAfter = /[-/_.,;:@&+=\u00ad\u2010\u2013]/;

/**
 * Breaks text into lines no wider than `width` points. Words stay whole where they fit on a line; a longer one is
 * parted after a hyphen or slash, else between letters.
 *
 * @param text any text; it is made printable first
 * @returns lines that make up the text again, each with the space it ends with; none for a text that says nothing
 */
export function wrapText(text: string, weight: Weight, size: number, width: number): string[] {
  const room = (width / size) * 1000;
  const lines: string[] = [];
  let line = "";
  for (const piece of splitPieces(toPrintable(text))) {
    if (fits(line + piece, weight, room)) {
      line += piece;
      continue;
    }
    if (line) lines.push(line);
    line = piece;
    while (!fits(line, weight, room)) {
      const cut = cutWord(line, weight, room);
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  if (line.trim()) lines.push(line.trimEnd());
  return lines;
}

function fits(line: string, weight: Weight, room: number): boolean {
  if (line.length > mostCharacters(room)) return false;
  // Widths are sums of decimals; half a thousandth of the size is nothing that can be seen.
  return measureText(line.trimEnd(), weight) <= room + 0.5;
}

/** More than can stand on a line, whatever they are: nobody measures a word of ten thousand letters over and over. */
function mostCharacters(room: number): number {
  return Math.ceil(room / 40) + 8;
}

/** Text between two places where a line may break, with the space that follows. */
function splitPieces(text: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  const characters = [...text];
  characters.forEach((character, index) => {
    piece += character;
    if (!mayBreakBetween(character, characters[index + 1])) return;
    pieces.push(piece);
    piece = "";
  });
  if (piece) pieces.push(piece);
  return pieces;
}

function mayBreakBetween(before: string, after: string | undefined): boolean {
  if (after === undefined || after === " ") return false;
  if (before === " ") return true;
  if (!ideograph.test(before) && !ideograph.test(after)) return false;
  return !notFirst.test(after) && !notLast.test(before);
}

/** How much of a word that is wider than the line stands on it: at least one character. */
function cutWord(word: string, weight: Weight, room: number): number {
  const ends: number[] = [];
  const start = word.slice(0, mostCharacters(room));
  for (const { index, segment } of graphemes.segment(start)) ends.push(index + segment.length);
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(word.slice(0, ends[middle]), weight, room)) low = middle;
    else high = middle - 1;
  }
  const end = ends[low] ?? word.length;
  const better = ends.findLast(
    (place) => place <= end && place > end / 2 && breakAfter.test(word[place - 1] ?? ""),
  );
  return better ?? end;
}

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
