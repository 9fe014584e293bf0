/** A table that lists can be searched in: a view of the current shop's rows with `words` and `text`. */
export interface SearchTable {
  view: "desk_orders" | "desk_customers" | "desk_documents";
  id: "order_id" | "customer_id" | "document_id";
  /** The columns behind number fields. A money field counts only rows of the currency its amount is written in. */
  numbers: Record<
    string,
    { column: string; type: "bigint" | "integer"; money?: { currencyColumn: string | null } }
  >;
  /** The columns behind day fields, instants that the shop's time zone makes days of. */
  days: Record<string, string>;
  /** The same for days that are kept as such; `infinity` for none. */
  calendarDays?: Record<string, string>;
  /** The column by which the newest rows are found, where that is not `created_at`. */
  recent?: string;
  /** Flags that a count above nought answers; all others are among the words. */
  countFlags?: Record<string, string>;
  sorts: Record<string, SortColumn>;
}

/** A column that a list can be sorted by; an index on (shop, column, id) stands behind each. */
export interface SortColumn {
  column: string;
  type: "timestamptz" | "date" | "bigint" | "integer" | "text";
}

export type Direction = "asc" | "desc";

/** A place in a sorted list: the value and id of the row at the edge. */
export interface Cursor {
  /** The sort column's value as JSON has it: ISO 8601 with microseconds or a day, decimal digits, or text. */
  key: string;
  id: string;
}
