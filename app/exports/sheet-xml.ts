import { currencyExponent, formatDecimal } from "../money.ts";
import type { ExportCell } from "./export-cell.ts";
import { isDangerous } from "./harmless-cell.ts";
import { cellStyles, moneyStyle } from "./workbook-parts.ts";

/** Excel refuses a longer text in a cell. */
const maxCellText = 32_767;

/** Excel computes with this many digits; a longer amount would be changed, so it is written as text. */
const maxDigits = 15;

/** What an XML 1.0 document may not hold, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as it stands in a sheet. `_x0041_` in a text would be read as an escape, so its underscore is one. */
export function escapeXml(text: string): string {
  return text
    .slice(0, maxCellText)
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(notXml, "")
    .replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_")
    .replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);
}

export const sheetHead = (columnCount: number): string =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>' +
  '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>' +
  `</sheetViews><cols><col min="1" max="${columnCount}" width="20" customWidth="1"/></cols><sheetData>`;

export const sheetTail = "</sheetData></worksheet>";

export const headerRow = (labels: string[]): string =>
  `<row>${labels.map((label) => inlineText(label, cellStyles.header)).join("")}</row>`;

export const sheetRow = (row: ExportCell[]): string => `<row>${row.map(toCell).join("")}</row>`;

function toCell(cell: ExportCell): string {
  switch (cell.type) {
    case "text":
      return textCell(cell.value ?? "");
    case "texts":
      return textCell(cell.values.join(", "));
    case "coded":
      return textCell(cell.label);
    case "integer":
      return `<c><v>${cell.value}</v></c>`;
    case "money": {
      const decimal = formatDecimal(BigInt(cell.minor), cell.currency);
      if (cell.minor.length > maxDigits) return textCell(decimal);
      return `<c s="${moneyStyle(currencyExponent(cell.currency))}"><v>${decimal}</v></c>`;
    }
    case "instant": {
      const serial = cell.at === null ? null : dateSerial(cell.at);
      return serial === null ? textCell(cell.at ?? "") : `<c s="${cellStyles.instant}"><v>${serial}</v></c>`;
    }
  }
}

/** A cell's text is never run as a formula; the style keeps it from becoming one when somebody edits the cell. */
function textCell(text: string): string {
  if (text === "") return "<c/>";
  return inlineText(text, isDangerous(text) ? cellStyles.quoted : cellStyles.plain);
}

function inlineText(text: string, style: number): string {
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

const dayMs = 86_400_000;
/** Day 0 of a spreadsheet. */
const epochMs = Date.UTC(1899, 11, 30);
/** Spreadsheets believe in a 29 February 1900, so days before it are off by one. */
const firstSoundMs = Date.UTC(1900, 2, 1);

/**
 * The days since a spreadsheet's day 0 on the shop's clock: a spreadsheet knows no time zones.
 * @param at ISO 8601 with the shop's offset
 * @returns null for what has no such number
 */
export function dateSerial(at: string): number | null {
  const wallClock = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)/.exec(at)?.[1];
  const ms = wallClock ? Date.parse(`${wallClock}Z`) : Number.NaN;
  return ms >= firstSoundMs ? Number(((ms - epochMs) / dayMs).toFixed(6)) : null;
}
