import type { IssuedDocument, Language } from "../document.ts";
import { translate } from "../languages/translate.ts";
import type { Canvas, Element, TextStyle } from "./canvas.ts";
import type { Weight } from "./fonts.ts";
import { type Look, page, quiet } from "./look.ts";
import { wrapText } from "./wrap.ts";

/** A document while it is being laid out: where the next thing goes, and what all parts of it need. */
export interface Sheet {
  canvas: Canvas;
  look: Look;
  language: Language;
  document: IssuedDocument;
  isDraft: boolean;
  /** The element that holds the whole document. */
  root: Element;
  /** Where the next thing begins, in points from above. */
  y: number;
  left: number;
  right: number;
  /** Nothing but the foot of the page stands below. */
  bottom: number;
  /** Opens a page; its head and foot are drawn when all is known. */
  nextPage(): void;
}

/** Base line to base line, as a multiple of the font's size. */
const leading = 1.32;

export function lineHeight(size: number): number {
  return size * leading;
}

/** Where the base line of a line of text lies below the top of its line. */
export function baseline(size: number): number {
  return lineHeight(size) * 0.5 + size * 0.36;
}

/**
 * Draws lines one below the other.
 *
 * @param x left end, middle or right end, as the style aligns them
 * @param top where the first line begins
 * @returns where the next thing may begin
 */
export function drawLines(
  canvas: Canvas,
  lines: string[],
  { x, top }: { x: number; top: number },
  style: TextStyle,
): number {
  lines.forEach((line, index) => {
    canvas.text(line, x, top + index * lineHeight(style.size) + baseline(style.size), style);
  });
  return top + lines.length * lineHeight(style.size);
}

/** Wraps each of several texts that stand one below the other, as the lines of an address do. */
export function wrapEach(texts: string[], weight: Weight, size: number, width: number): string[] {
  // The space keeps one from running into the next where lines are read on end.
  return texts.flatMap((text) => {
    const lines = wrapText(text, weight, size, width);
    return lines.map((line, index) => (index === lines.length - 1 ? `${line} ` : line));
  });
}

/** Opens the next page if less than `height` is left on this one. */
export function makeRoom(sheet: Sheet, height: number): void {
  if (sheet.y + height > sheet.bottom) sheet.nextPage();
}

/** Writes a paragraph at the place where the sheet is, over as many pages as it takes. */
export function writeParagraph(
  sheet: Sheet,
  text: string,
  style: TextStyle,
  { type = "P", width = sheet.right - sheet.left }: { type?: string; width?: number } = {},
): void {
  const lines = wrapText(text, style.weight ?? "regular", style.size, width);
  if (lines.length === 0) return;
  const element = sheet.canvas.element(sheet.root, type);
  for (const line of lines) {
    makeRoom(sheet, lineHeight(style.size));
    sheet.canvas.fill(element, () => {
      drawLines(sheet.canvas, [line], { x: sheet.left, top: sheet.y }, style);
    });
    sheet.y += lineHeight(style.size);
  }
}

/** A heading of a part, never left alone at the foot of a page. */
export function writeHeading(sheet: Sheet, text: string): void {
  makeRoom(sheet, 44);
  writeParagraph(sheet, text, { size: 8.5, weight: "bold", color: sheet.look.accent }, { type: "H2" });
  sheet.y += 2;
}

/** What the document is, with its number: "Invoice INV-2026-0007". */
export function titleOf({
  document,
  isDraft,
  language,
}: Pick<Sheet, "document" | "isDraft" | "language">): string {
  const kind = translate(language, document.content.kind === "invoice" ? "invoice" : "creditNote");
  return isDraft ? `${kind} – ${translate(language, "draft")}` : `${kind} ${document.number}`;
}

/** Runs across the top of every page after the first, and the foot across all of them. */
export const furniture: TextStyle = { size: 7.5, color: quiet };
export const topOfNextPage: number = page.nextTop;
