import { CsvWriter } from "./csv-writer.ts";
import type { ExportCell } from "./export-cell.ts";
import type { ExportFormat } from "./export-format.ts";
import { JsonLinesWriter } from "./json-lines-writer.ts";
import { XlsxWriter } from "./xlsx-writer.ts";

/** Turns rows into the bytes of a file. It keeps nothing of a row once it is written. */
export interface FileWriter {
  write(rows: ExportCell[][]): void;
  end(): void;
}

export interface FileOrder {
  columns: readonly { key: string; label: string }[];
  /** How many rows will come: a workbook names its sheets before it writes them. */
  total: number;
  /** The sheet's name where a file has one. */
  title: string;
}

/** Opens a file of a format. @param push takes the bytes as they come */
export function openFile(
  format: ExportFormat,
  order: FileOrder,
  push: (bytes: Uint8Array) => void,
): FileWriter {
  switch (format) {
    case "csv":
      return new CsvWriter(order, push);
    case "xlsx":
      return new XlsxWriter(order, push);
    case "jsonl":
      return new JsonLinesWriter(order, push);
  }
}
