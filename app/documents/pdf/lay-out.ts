import type { IssuedDocument } from "../document.ts";
import { formatDay } from "../languages/formats.ts";
import { translate } from "../languages/translate.ts";
import { Canvas } from "./canvas.ts";
import { drawFactsAside, drawFactsStrip } from "./facts.ts";
import { drawLetterhead } from "./letterhead.ts";
import { drawLinesTable } from "./lines-table.ts";
import type { Logo } from "./logo.ts";
import { chooseLook, choosePaper, mm, page } from "./look.ts";
import { drawDraftMark, drawFurniture, footHeight } from "./page-furniture.ts";
import { drawRemarks } from "./remarks.ts";
import { type Sheet, titleOf, topOfNextPage, writeParagraph } from "./sheet.ts";
import { drawTotals } from "./totals.ts";

/** Lays a document out on new pages of a file. */
export function layOut(
  pdf: PDFKit.PDFDocument,
  document: IssuedDocument,
  { logo, isDraft }: { logo: Logo | null; isDraft: boolean },
): void {
  const first = pdf.bufferedPageRange().count;
  const sheet = openSheet(pdf, document, isDraft);
  sheet.nextPage();
  const { asideBottom, buyerBottom } = drawLetterhead(sheet, logo);
  const isAside = sheet.look.facts === "aside";
  const factsBottom = isAside ? drawFactsAside(sheet, asideBottom + 4 * mm) : asideBottom;
  sheet.y = Math.max(page.titleTop, buyerBottom + 6 * mm, factsBottom + 6 * mm);
  drawTitle(sheet);
  if (!isAside) drawFactsStrip(sheet);
  sheet.y += 2 * mm;
  const { carryOver } = drawLinesTable(sheet);
  drawTotals(sheet, carryOver);
  drawRemarks(sheet);
  drawFurniture(sheet, first, pdf.bufferedPageRange().count - first);
  sheet.root.end();
}

function openSheet(pdf: PDFKit.PDFDocument, document: IssuedDocument, isDraft: boolean): Sheet {
  const { content } = document;
  const canvas = new Canvas(pdf, choosePaper(content.seller.countryCode));
  const root = pdf.struct("Document", { title: document.number, lang: content.language });
  pdf.addStructure(root);
  const sheet: Sheet = {
    canvas,
    look: chooseLook(content.template),
    language: content.language,
    document,
    isDraft,
    root,
    y: 0,
    left: page.left,
    right: canvas.paper.width - page.right,
    bottom: 0,
    nextPage() {
      canvas.addPage();
      if (isDraft) drawDraftMark(sheet);
      sheet.y = topOfNextPage;
    },
  };
  sheet.bottom = canvas.paper.height - footHeight(sheet);
  return sheet;
}

/** What this is, which invoice it belongs to, and why it was issued. */
function drawTitle(sheet: Sheet): void {
  const { look, language, document } = sheet;
  const { refersTo, reason, kind } = document.content;
  const style = { size: look.titleSize, weight: "bold", color: look.accent } as const;
  writeParagraph(sheet, titleOf(sheet), style, { type: "H1" });
  sheet.y += 2;
  if (refersTo) {
    const values = { number: refersTo.number, date: formatDay(language, refersTo.issuedOn) };
    const key = kind === "credit_note" ? "corrects" : "adds";
    writeParagraph(sheet, translate(language, key, values), { size: 9.5 });
  }
  if (reason) writeParagraph(sheet, translate(language, "reason", { reason }), { size: 9.5 });
  sheet.y += 2 * mm;
}
