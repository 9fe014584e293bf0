import type { ExportCell } from "./export-cell.ts";

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
