import type { SearchTable } from "../search/search-table.ts";

/** What the list of customers can be searched and sorted by; the fields' names are those of customer-vocabulary.ts. */
export const customerSearchTable = {
  view: "desk_customers",
  id: "customer_id",
  numbers: {
    orders: { column: "order_count", type: "integer" },
    // Only orders in the shop's own currency are summed, so no row has another.
    spent: { column: "spent_minor", type: "bigint", money: { currencyColumn: null } },
  },
  days: { created: "created_at", last_order: "last_order_at" },
  countFlags: { order: "order_count" },
  sorts: {
    name: { column: "name_key", type: "text" },
    created: { column: "created_at", type: "timestamptz" },
    orders: { column: "order_count", type: "integer" },
    spent: { column: "spent_minor", type: "bigint" },
    last_order: { column: "last_order_at", type: "timestamptz" },
  },
} satisfies SearchTable;

export type CustomerSort = keyof typeof customerSearchTable.sorts;
