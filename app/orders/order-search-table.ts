import type { SearchTable } from "../search/search-table.ts";

/** What the list of orders can be searched and sorted by; the fields' names are those of order-vocabulary.ts. */
export const orderSearchTable = {
  view: "desk_orders",
  id: "order_id",
  numbers: {
    total: { column: "total_minor", type: "bigint", money: { currencyColumn: "currency" } },
    items: { column: "item_count", type: "integer" },
  },
  days: { created: "created_at", updated: "updated_at" },
  sorts: {
    created: { column: "created_at", type: "timestamptz" },
    updated: { column: "updated_at", type: "timestamptz" },
    total: { column: "total_minor", type: "bigint" },
    customer: { column: "customer_key", type: "text" },
  },
} satisfies SearchTable;

export type OrderSort = keyof typeof orderSearchTable.sorts;
