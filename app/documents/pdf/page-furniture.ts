import { translate } from "../languages/translate.ts";
import { hairline, mm, page, quiet } from "./look.ts";
import { drawLines, furniture, lineHeight, type Sheet, titleOf } from "./sheet.ts";
import { wrapText } from "./wrap.ts";

const footerSize = 7;

/** The seller's small print, as it stands at the foot of every page. */
function footerLines({ document, left, right }: Pick<Sheet, "document" | "left" | "right">): string[] {
  const text = document.content.seller.footer ?? "";
  return text.split("\n").flatMap((line) => wrapText(line, "regular", footerSize, right - left));
}

/** How much of a page its foot takes, in points. */
export function footHeight(sheet: Pick<Sheet, "document" | "left" | "right">): number {
  return (
    page.bottom + lineHeight(furniture.size) + footerLines(sheet).length * lineHeight(footerSize) + 5 * mm
  );
}

/** Pale, and drawn before anything else, so that all can be read across it. */
export function drawDraftMark({ canvas, language }: Pick<Sheet, "canvas" | "language">): void {
  const { width, height } = canvas.paper;
  const word = translate(language, "draft").toLocaleUpperCase(language);
  const size = Math.min(150, (width * 0.85) / canvas.widthOf(word, 1, "bold"));
  canvas.artifact(() => {
    canvas.pdf.save().rotate(-50, { origin: [width / 2, height / 2] });
    canvas.text(word, width / 2, height / 2 + size / 3, {
      size,
      weight: "bold",
      color: "#f1f1f1",
      align: "center",
    });
    canvas.pdf.restore();
  });
}

/**
 * Draws the foot of each of a document's pages, and the head of all but its first, once their number is known.
 *
 * @param first the document's first page among those of the file
 */
export function drawFurniture(sheet: Sheet, first: number, pages: number): void {
  const { canvas, language, left, right, document } = sheet;
  const lines = footerLines(sheet);
  const top = canvas.paper.height - footHeight(sheet) + 4 * mm;
  const drawFooter = () => {
    drawLines(
      canvas,
      lines,
      { x: (left + right) / 2, top },
      { size: footerSize, color: quiet, align: "center" },
    );
  };
  for (let index = 0; index < pages; index += 1) {
    canvas.pdf.switchToPage(first + index);
    const isLast = index === pages - 1;
    canvas.artifact(() => {
      const label = translate(language, "page", { page: String(index + 1), pages: String(pages) });
      canvas.rule(left, right, top - 1.5 * mm, hairline);
      if (!isLast) drawFooter();
      const y = top + lines.length * lineHeight(footerSize);
      drawLines(canvas, [label], { x: right, top: y }, { ...furniture, align: "right" });
      if (index === 0) return;
      const head = `${document.content.seller.name} · ${titleOf(sheet)}`;
      const [line = ""] = wrapText(head, "regular", furniture.size, right - left);
      drawLines(canvas, [line], { x: left, top: page.top }, furniture);
    });
    // Read out once, at the end.
    if (isLast && lines.length > 0) canvas.element(sheet.root, "P", drawFooter);
  }
}
