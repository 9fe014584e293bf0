import { formatAmount, formatRate } from "../languages/formats.ts";
import { translate } from "../languages/translate.ts";
import { hairline, mm, quiet } from "./look.ts";
import { baseline, drawLines, lineHeight, type Sheet } from "./sheet.ts";
import { wrapText } from "./wrap.ts";

interface Total {
  label: string;
  value: string;
  kind: "part" | "total" | "aside";
}

/** Net, each rate with what it was charged on, their sum, and the total; the shop's own currency beside it if it is another. */
function listTotals({ document, language }: Sheet): Total[] {
  const { totals, taxes, currency, shopCurrency, shopTotals, kind } = document.content;
  const amount = (minor: string) => formatAmount(language, minor, currency);
  const rows: Total[] = [{ label: translate(language, "net"), value: amount(totals.netMinor), kind: "part" }];
  for (const tax of taxes) {
    const name = `${tax.title} ${formatRate(language, tax.rate)}`;
    const label = translate(language, "taxOnBase", { tax: name, base: amount(tax.baseMinor) });
    rows.push({ label, value: amount(tax.taxMinor), kind: "part" });
  }
  if (taxes.length > 1) {
    rows.push({ label: translate(language, "taxTotal"), value: amount(totals.taxMinor), kind: "part" });
  }
  rows.push({
    label: translate(language, kind === "invoice" ? "total" : "totalCredited"),
    value: amount(totals.grossMinor),
    kind: "total",
  });
  if (shopCurrency !== currency) {
    const label = translate(language, "taxIn", { currency: shopCurrency });
    rows.push({ label, value: formatAmount(language, shopTotals.taxMinor, shopCurrency), kind: "aside" });
  }
  return rows;
}

const sizes = { part: 9, total: 11, aside: 8 } as const;
const padding = 3.5;

/** Draws the totals as one block, on the next page if this one has no room for all of it. */
export function drawTotals(sheet: Sheet, carryOver: () => void): void {
  const { canvas, look, language } = sheet;
  const left = sheet.right - 92 * mm;
  const rows = listTotals(sheet).map((row) => {
    const size = sizes[row.kind];
    const weight = row.kind === "total" ? "bold" : "regular";
    const valueWidth = canvas.widthOf(row.value, size, weight);
    const labels = wrapText(row.label, weight, size, sheet.right - left - valueWidth - 16);
    return {
      ...row,
      size,
      weight,
      labels,
      height: Math.max(1, labels.length) * lineHeight(size) + 2 * padding,
    } as const;
  });
  const height = rows.reduce((sum, row) => sum + row.height, 10);
  if (sheet.y + height > sheet.bottom) carryOver();
  sheet.y += 6;
  const table = canvas.element(sheet.root, "Table", undefined, { title: translate(language, "totals") });
  for (const { labels, value, kind, size, weight, height: rowHeight } of rows) {
    const top = sheet.y;
    if (kind === "total") {
      canvas.artifact(() => {
        if (look.totalFill) canvas.box(left, top, sheet.right - left, rowHeight, look.totalFill);
        else canvas.rule(left, sheet.right, top, look.accent, 1);
      });
    }
    const color = kind === "aside" ? quiet : undefined;
    const row = canvas.element(table, "TR");
    const drawLabel = () => {
      drawLines(canvas, labels, { x: left + 4, top: top + padding }, { size, weight, color });
    };
    canvas.element(row, "TH", drawLabel, { scope: "Row" });
    canvas.element(row, "TD", () => {
      canvas.text(value, sheet.right - 4, top + padding + baseline(size), {
        size,
        weight,
        color,
        align: "right",
      });
    });
    sheet.y += rowHeight;
    if (kind === "total" && !look.totalFill) {
      canvas.artifact(() => canvas.rule(left, sheet.right, sheet.y, hairline));
    }
  }
  sheet.y += 10;
}
