/** What stands in one cell of a file, before a format gives it its form. */
export type ExportCell =
  | { type: "text"; value: string | null }
  | { type: "texts"; values: string[] }
  /** A word of a program's with the words for people beside it. */
  | { type: "coded"; value: string | null; label: string }
  | { type: "integer"; value: number }
  /** Minor units as text; the currency says how many decimals. */
  | { type: "money"; minor: string; currency: string }
  /** ISO 8601 with the shop's offset. */
  | { type: "instant"; at: string | null };

/** A column of a file. */
export interface ExportColumn<Row> {
  /** Its name in a program's file. */
  key: string;
  /** Its name in a file for people; null where it is for programs alone. */
  label: string | null;
  read(row: Row): ExportCell;
}

export const text = (value: string | null): ExportCell => ({ type: "text", value });
