import type { DocumentLine } from "../document.ts";
import { formatAmount } from "../languages/formats.ts";
import { translate } from "../languages/translate.ts";
import type { Element } from "./canvas.ts";
import { type Column, cellSize, chooseColumns, headingSize } from "./line-columns.ts";
import { hairline, quiet } from "./look.ts";
import { drawLines, lineHeight, type Sheet, wrapEach } from "./sheet.ts";
import { wrapText } from "./wrap.ts";

const padding = 4;
const detailSize = 7.5;
const carrySize = 8.5;
const carryHeight = lineHeight(carrySize) + 2 * padding;

interface Table {
  sheet: Sheet;
  columns: Column[];
  numberSize: number;
  descriptionWidth: number;
  body: Element;
  /** What the lines drawn so far come to, in minor units. */
  carriedMinor: bigint;
}

interface Row {
  line: DocumentLine;
  title: string[];
  details: string[];
  cells: string[][];
}

/**
 * Draws what is charged, a row for each line. A row goes onto the next page whole, unless it is longer than a page.
 * Each page that is not the last ends with the sum so far, and the next begins with it.
 *
 * @returns carries that sum over to a further page; for what must not stand apart from the table, as the totals
 */
export function drawLinesTable(sheet: Sheet): { carryOver: () => void } {
  const { columns, numberSize } = chooseColumns(sheet);
  const numbersWidth = columns.reduce((width, column) => width + column.width, 0);
  const { canvas, root, language, document } = sheet;
  const element = canvas.element(root, "Table", undefined, { title: translate(language, "lines") });
  const head = canvas.element(element, "THead");
  const table: Table = {
    sheet,
    columns,
    numberSize,
    descriptionWidth: sheet.right - sheet.left - numbersWidth - 2 * padding,
    body: canvas.element(element, "TBody"),
    carriedMinor: 0n,
  };
  if (sheet.y + 90 > sheet.bottom) sheet.nextPage();
  drawHead(table, canvas.element(head, "TR"));
  document.content.lines.forEach((line, index) => {
    drawRow(table, line, index);
  });
  canvas.artifact(() => canvas.rule(sheet.left, sheet.right, sheet.y, hairline));
  return { carryOver: () => carryOver(table, { withHead: false }) };
}

/** Right edges of the columns of numbers. */
function edges({ sheet, columns }: Table): number[] {
  let edge = sheet.right - padding;
  const found: number[] = [];
  for (const column of columns.toReversed()) {
    found.unshift(edge);
    edge -= column.width;
  }
  return found;
}

/** The first head is read out; those of further pages only repeat it. */
function drawHead(table: Table, row: Element | null): void {
  const { sheet, columns } = table;
  const { canvas, look, left, right, language } = sheet;
  const style = { size: headingSize, weight: "bold", color: look.tableHead.ink } as const;
  const headings = [
    { lines: [translate(language, "description")], x: left + padding, align: "left" as const },
    ...edges(table).map((x, index) => {
      const column = columns[index];
      const lines = column ? wrapText(column.heading, "bold", headingSize, column.width - 4) : [];
      return { lines, x, align: "right" as const };
    }),
  ];
  const height =
    Math.max(...headings.map(({ lines }) => lines.length)) * lineHeight(headingSize) + 2 * padding;
  const top = sheet.y;
  const { fill } = look.tableHead;
  canvas.artifact(() => {
    if (fill) canvas.box(left, top, right - left, height, fill);
    else canvas.rule(left, right, top + height, look.accent, 1);
  });
  const draw = ({ lines, x, align }: (typeof headings)[number]) => {
    drawLines(canvas, lines, { x, top: top + padding }, { ...style, align });
  };
  if (row) {
    for (const heading of headings) canvas.element(row, "TH", () => draw(heading), { scope: "Column" });
  } else canvas.artifact(() => headings.forEach(draw));
  sheet.y += height;
}

function drawRow(table: Table, line: DocumentLine, index: number): void {
  const { sheet, columns } = table;
  const row: Row = {
    line,
    title: wrapEach([line.title], "regular", cellSize, table.descriptionWidth),
    details: wrapText(line.details ?? "", "regular", detailSize, table.descriptionWidth),
    cells: columns.map((column) =>
      wrapText(column.cell(line), "regular", table.numberSize, column.width - 4),
    ),
  };
  const wholePage = sheet.bottom - carryHeight - sheet.canvas.paper.height / 5;
  if (rowHeight(row) <= wholePage) {
    if (sheet.y + rowHeight(row) + carryHeight > sheet.bottom) carryOver(table, { withHead: true });
    drawRowPart(table, row, index, sheet.canvas.element(table.body, "TR"));
  } else drawLongRow(table, row, index);
  table.carriedMinor += BigInt(line.amountMinor);
}

function rowHeight({ title, details, cells }: Row): number {
  const description = title.length * lineHeight(cellSize) + details.length * lineHeight(detailSize);
  const numbers = Math.max(...cells.map((lines) => lines.length)) * lineHeight(cellSize);
  return Math.max(description, numbers) + 2 * padding;
}

/** A description longer than a page is parted line by line; its numbers stand beside the first part. */
function drawLongRow(table: Table, row: Row, index: number): void {
  const { sheet } = table;
  const rest = { ...row, title: [...row.title], details: [...row.details] };
  while (rest.title.length > 0 || rest.details.length > 0) {
    const room = sheet.bottom - carryHeight - sheet.y - 2 * padding;
    const count = Math.max(1, Math.floor(room / lineHeight(cellSize)));
    const title = rest.title.splice(0, count);
    const details = rest.details.splice(0, count - title.length);
    drawRowPart(table, { ...rest, title, details }, index, sheet.canvas.element(table.body, "TR"));
    rest.cells = rest.cells.map(() => []);
    if (rest.title.length > 0 || rest.details.length > 0) carryOver(table, { withHead: true });
  }
}

function drawRowPart(table: Table, row: Row, index: number, element: Element): void {
  const { sheet } = table;
  const { canvas, look, left, right } = sheet;
  const height = rowHeight(row);
  const top = sheet.y;
  const { stripe } = look;
  canvas.artifact(() => {
    if (stripe && index % 2 === 1) canvas.box(left, top, right - left, height, stripe);
    if (!stripe && index > 0) canvas.rule(left, right, top, hairline);
  });
  canvas.element(element, "TD", () => {
    const at = { x: left + padding, top: top + padding };
    at.top = drawLines(canvas, row.title, at, { size: cellSize });
    drawLines(canvas, row.details, at, { size: detailSize, color: quiet });
  });
  edges(table).forEach((x, column) => {
    canvas.element(element, "TD", () => {
      drawLines(
        canvas,
        row.cells[column] ?? [],
        { x, top: top + padding },
        { size: table.numberSize, align: "right" },
      );
    });
  });
  sheet.y += height;
}

/** Ends a page with the sum so far and begins the next with it. */
function carryOver(table: Table, { withHead }: { withHead: boolean }): void {
  drawCarry(table, "carriedForward");
  table.sheet.nextPage();
  if (withHead) drawHead(table, null);
  drawCarry(table, "broughtForward");
}

function drawCarry({ sheet, carriedMinor }: Table, key: "carriedForward" | "broughtForward"): void {
  const { canvas, language, document, left, right, y } = sheet;
  const sum = formatAmount(language, carriedMinor, document.content.currency);
  const style = { size: carrySize, weight: "bold" } as const;
  canvas.artifact(() => {
    canvas.rule(left, right, key === "carriedForward" ? y : y + carryHeight, hairline);
    drawLines(canvas, [translate(language, key)], { x: left + padding, top: y + padding }, style);
    drawLines(canvas, [sum], { x: right - padding, top: y + padding }, { ...style, align: "right" });
  });
  sheet.y += carryHeight;
}
