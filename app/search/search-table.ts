/** A table that lists can be searched in: a view of the current shop's rows with `words` and `text`. */
export interface SearchTable {
  view: "desk_orders" | "desk_customers";
  id: "order_id" | "customer_id";
  /** The columns behind number fields. A money field counts only rows of the currency its amount is written in. */
  numbers: Record<
    string,
    { column: string; type: "bigint" | "integer"; money?: { currencyColumn: string | null } }
  >;
  /** The columns behind day fields. */
  days: Record<string, string>;
  /** Flags that a count above nought answers; all others are among the words. */
  countFlags?: Record<string, string>;
  sorts: Record<string, SortColumn>;
}

/** A column that a list can be sorted by; an index on (shop, column, id) stands behind each. */
export interface SortColumn {
  column: string;
  type: "timestamptz" | "bigint" | "integer" | "text";
}

export type Direction = "asc" | "desc";

/** A place in a sorted list: the value and id of the row at the edge. */
export interface Cursor {
  /** The sort column's value as JSON has it: ISO 8601 with microseconds, decimal digits, or text. */
  key: string;
  id: string;
}
