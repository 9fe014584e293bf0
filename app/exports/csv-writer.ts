import { stringify } from "csv-stringify/sync";
import { formatDecimal } from "../money.ts";
import type { ExportCell } from "./export-cell.ts";
import type { FileOrder, FileWriter } from "./file-writer.ts";
import { harmlessCell } from "./harmless-cell.ts";

/** Tells Excel that the text is UTF-8. */
const byteOrderMark = "\uFEFF";

const encoder = new TextEncoder();

/** Comma-separated values after RFC 4180. */
export class CsvWriter implements FileWriter {
  readonly #push: (bytes: Uint8Array) => void;

  constructor({ columns }: FileOrder, push: (bytes: Uint8Array) => void) {
    this.#push = push;
    push(encoder.encode(byteOrderMark + toLines([columns.map(({ label }) => label)])));
  }

  write(rows: ExportCell[][]): void {
    if (rows.length > 0) this.#push(encoder.encode(toLines(rows.map((row) => row.map(toField)))));
  }

  end(): void {}
}

const toLines = (rows: string[][]): string => stringify(rows, { record_delimiter: "\r\n" });

function toField(cell: ExportCell): string {
  switch (cell.type) {
    case "text":
      return harmlessCell(cell.value ?? "");
    case "texts":
      return harmlessCell(cell.values.join(", "));
    case "coded":
      return harmlessCell(cell.label);
    case "integer":
      return String(cell.value);
    case "money":
      return formatDecimal(BigInt(cell.minor), cell.currency);
    case "instant":
      return withoutFraction(cell.at ?? "");
  }
}

/** Spreadsheets do not read the microseconds of an instant as part of a date. */
const withoutFraction = (at: string) => at.replace(/\.\d+/, "");
