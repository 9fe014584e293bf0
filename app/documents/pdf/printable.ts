import { findFont, type Script } from "./fonts.ts";

/** In the order they are asked; the first that has a character draws it. */
const scripts: Script[] = ["latin", "japanese", "arabic", "hebrew"];

/** Which font a character is in was asked before: each is looked up once in a process. */
const scriptOf = new Map<number, Script | null>();

/**
 * The script whose font has this character, null for none. Kana, kanji and the like are asked of the Japanese font
 * alone, and it is not opened for anything below them: most documents never need its five megabytes.
 */
export function findScript(codePoint: number): Script | null {
  const known = scriptOf.get(codePoint);
  if (known !== undefined) return known;
  const asked = scripts.filter((script) => mayHave(script, codePoint));
  const found = asked.find((script) => findFont(script, "regular").hasGlyphForCodePoint(codePoint)) ?? null;
  scriptOf.set(codePoint, found);
  return found;
}

function mayHave(script: Script, codePoint: number): boolean {
  switch (script) {
    case "latin":
      return codePoint < 0x3000 || (codePoint >= 0xa640 && codePoint < 0xac00) || codePoint >= 0xfb00;
    case "japanese":
      return codePoint >= 0x2000;
    case "arabic":
      return codePoint >= 0x0600 && codePoint < 0xff00;
    case "hebrew":
      return (codePoint >= 0x0590 && codePoint < 0x0600) || (codePoint >= 0xfb1d && codePoint < 0xfb50);
  }
}

/** Stands for a letter that no font of ours can draw: a mark that something is there, never an empty box. */
const replacement = "\ufffd";

/** Emoji, what joins and colours them, and characters that are instructions rather than text. */
const pictures = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20e3/u;
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Variation_Selector}]/u;

/**
 * Turns any text into one that can be printed in full:
 * - white space, line breaks included, becomes single spaces, no-break spaces stay;
 * - emoji and invisible characters are left out (they say nothing that an invoice must say), as long as a font does not
 *   have them: ™ and ✓ count as emoji and are kept;
 * - a letter that no font has is taken apart ("𝐓𝐞𝐚" → "Tea"), and if that does not help becomes `�`.
 */
export function toPrintable(text: string): string {
  const printable = [...text.normalize("NFC").replace(/[\t\n\v\f\r \u2028\u2029\u3000]+/g, " ")]
    .map(printCharacter)
    .join("");
  return printable.replace(/ {2,}/g, " ").trim();
}

function printCharacter(character: string): string {
  if (invisible.test(character)) return "";
  if (isDrawable(character)) return character;
  const plain = character.normalize("NFKD").replace(/\p{M}/gu, "");
  if (plain && plain !== character && [...plain].every(isDrawable)) return plain;
  return pictures.test(character) ? "" : replacement;
}

function isDrawable(character: string): boolean {
  return findScript(character.codePointAt(0) ?? 0) !== null;
}
