import type { MessageKey } from "../languages/catalogue.ts";
import { formatDay } from "../languages/formats.ts";
import { translate } from "../languages/translate.ts";
import { hairline, mm, page, quiet } from "./look.ts";
import { drawLines, lineHeight, type Sheet } from "./sheet.ts";
import { wrapText } from "./wrap.ts";

type Label = Extract<
  MessageKey,
  | "invoiceNumber"
  | "creditNoteNumber"
  | "issuedOn"
  | "creditNoteIssuedOn"
  | "dueOn"
  | "deliveredOn"
  | "order"
  | "placedOn"
  | "purchaseOrder"
  | "buyerVatId"
>;

/** Number, dates and references, without those that the document does not have. A draft has neither number nor day. */
function listFacts({ document, language, isDraft }: Sheet): { label: string; value: string }[] {
  const { templateVersion, content } = document;
  const { kind, order, buyer, deliveredOn } = content;
  const day = (value: string | null) => (value ? formatDay(language, value) : null);
  const facts: [Label, string | null][] = [
    [kind === "invoice" ? "invoiceNumber" : "creditNoteNumber", isDraft ? null : document.number],
    [
      kind === "credit_note" && templateVersion >= 3 ? "creditNoteIssuedOn" : "issuedOn",
      isDraft ? null : day(document.issuedOn),
    ],
    ["deliveredOn", day(deliveredOn)],
    ["dueOn", isDraft ? null : day(document.dueOn)],
    ["order", order.name],
    ["placedOn", day(order.placedOn)],
    ["purchaseOrder", order.purchaseOrder],
    ["buyerVatId", buyer.vatId],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label: translate(language, label), value }] : []));
}

/** Below the seller, label and value side by side. Gives back where it ends. */
export function drawFactsAside(sheet: Sheet, top: number): number {
  const { canvas, root, right } = sheet;
  const facts = listFacts(sheet);
  const widest = Math.max(...facts.map(({ label }) => canvas.widthOf(label, 8)));
  const labelWidth = Math.min(31 * mm, Math.max(24 * mm, widest));
  const valueLeft = page.asideLeft + labelWidth + 2 * mm;
  const list = canvas.element(root, "L");
  let y = top;
  for (const { label, value } of facts) {
    const labels = wrapText(label, "regular", 8, labelWidth);
    const values = wrapText(value, "bold", 8, right - valueLeft);
    const item = canvas.element(list, "LI");
    canvas.element(item, "Lbl", () => {
      drawLines(canvas, labels, { x: page.asideLeft, top: y }, { size: 8, color: quiet });
    });
    canvas.element(item, "LBody", () => {
      drawLines(canvas, values, { x: valueLeft, top: y }, { size: 8, weight: "bold" });
    });
    y += Math.max(labels.length, values.length) * lineHeight(8) + 1.5;
  }
  return y;
}

/** Below the title, four to a row, each label above its value. */
export function drawFactsStrip(sheet: Sheet): void {
  const { canvas, root, left, right } = sheet;
  const facts = listFacts(sheet);
  const columns = 4;
  const gap = 4 * mm;
  const width = (right - left - gap * (columns - 1)) / columns;
  const list = canvas.element(root, "L");
  for (let start = 0; start < facts.length; start += columns) {
    const row = facts.slice(start, start + columns).map(({ label, value }) => ({
      labels: wrapText(label, "regular", 7.5, width),
      values: wrapText(value, "bold", 9, width),
    }));
    const labelHeight = Math.max(...row.map((fact) => fact.labels.length)) * lineHeight(7.5);
    const valueHeight = Math.max(...row.map((fact) => fact.values.length)) * lineHeight(9);
    const top = sheet.y;
    canvas.artifact(() => canvas.rule(left, right, top, hairline));
    row.forEach(({ labels, values }, index) => {
      const x = left + index * (width + gap);
      const item = canvas.element(list, "LI");
      canvas.element(item, "Lbl", () => {
        drawLines(canvas, labels, { x, top: top + 4 }, { size: 7.5, color: quiet });
      });
      canvas.element(item, "LBody", () => {
        drawLines(canvas, values, { x, top: top + 4 + labelHeight }, { size: 9, weight: "bold" });
      });
    });
    sheet.y += labelHeight + valueHeight + 9;
  }
}
