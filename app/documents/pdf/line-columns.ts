import type { DocumentLine, DocumentTax } from "../document.ts";
import { formatAmount, formatQuantity, formatRate } from "../languages/formats.ts";
import { translate } from "../languages/translate.ts";
import type { Sheet } from "./sheet.ts";

/** A column of numbers. Its cells are set from the right. */
export interface Column {
  heading: string;
  /** Wide enough for its widest cell, up to a limit beyond which cells wrap. */
  width: number;
  cell(line: DocumentLine): string;
}

export const cellSize = 9;
/** For numbers so long that they would leave no room for words. */
const smallCellSize = 7;
export const headingSize = 8;
const gap = 10;
/** Points. */
const narrowest = 30;
const widest = 108;
/** A longer heading is parted between its words. */
const widestHeading = 66;

/** Points that a description has at least, as long as smaller numbers can give them. */
const leastDescription = 150;

/**
 * The columns of numbers beside the description, and the size their cells are set in. Discount and tax are left out
 * where no line has any.
 */
export function chooseColumns(sheet: Sheet): { columns: Column[]; numberSize: number } {
  const columns = listColumns(sheet);
  const room = sheet.right - sheet.left - leastDescription;
  setWidths(columns, sheet, cellSize);
  if (columns.reduce((width, column) => width + column.width, 0) <= room)
    return { columns, numberSize: cellSize };
  setWidths(columns, sheet, smallCellSize);
  return { columns, numberSize: smallCellSize };
}

function listColumns(sheet: Sheet): Column[] {
  const { language, document } = sheet;
  const { lines, taxes, currency } = document.content;
  const amount = (minor: bigint | string) => formatAmount(language, minor, currency);
  const byKey = new Map(taxes.map((tax) => [tax.key, tax]));
  const column = (heading: string, cell: Column["cell"]): Column => ({ heading, width: 0, cell });
  const columns = [
    column(translate(language, "quantity"), (line) =>
      isCounted(line) ? formatQuantity(language, line.quantity) : "",
    ),
    column(translate(language, "unitPrice"), (line) => (isCounted(line) ? amount(line.unitPriceMinor) : "")),
  ];
  if (lines.some(hasDiscount)) {
    columns.push(
      column(translate(language, "discount"), (line) =>
        hasDiscount(line) ? amount(-BigInt(line.discountMinor)) : "",
      ),
    );
  }
  if (taxes.length > 0) {
    columns.push(column(translate(language, "tax"), (line) => ratesOf(line, byKey, sheet)));
  }
  columns.push(column(translate(language, "amount"), (line) => amount(line.amountMinor)));
  return columns;
}

/** What makes up a difference has an amount, but no pieces and no price. */
function isCounted({ kind }: DocumentLine): boolean {
  return kind !== "rounding" && kind !== "adjustment";
}

function hasDiscount(line: DocumentLine): boolean {
  return BigInt(line.discountMinor) !== 0n;
}

function ratesOf(line: DocumentLine, taxes: Map<string, DocumentTax>, { language }: Sheet): string {
  const rates = line.taxKeys.flatMap((key) => taxes.get(key)?.rate ?? []);
  return rates.map((rate) => formatRate(language, rate)).join(" + ");
}

function setWidths(columns: Column[], { canvas, document }: Sheet, size: number): void {
  for (const column of columns) {
    const texts = new Set(document.content.lines.map(column.cell));
    const cells = [...texts].map((text) => canvas.widthOf(text, size));
    const heading = canvas.widthOf(column.heading, headingSize, "bold");
    const words = column.heading.split(" ").map((word) => canvas.widthOf(word, headingSize, "bold"));
    const headings = heading <= widestHeading ? [heading] : words;
    column.width = gap + Math.min(widest, Math.max(narrowest, ...cells, ...headings));
  }
}
