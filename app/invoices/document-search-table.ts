import type { SearchTable } from "../search/search-table.ts";

/** What the list of documents can be searched and sorted by; the fields' names are those of document-vocabulary.ts. */
export const documentSearchTable = {
  view: "desk_documents",
  id: "document_id",
  numbers: {
    total: { column: "gross_minor", type: "bigint", money: { currencyColumn: "currency" } },
  },
  days: {},
  calendarDays: { issued: "issued_on", due: "due_on" },
  recent: "issued_at",
  sorts: {
    issued: { column: "issued_at", type: "timestamptz" },
    number: { column: "number_key", type: "text" },
    due: { column: "due_on", type: "date" },
    total: { column: "gross_minor", type: "bigint" },
    buyer: { column: "buyer_key", type: "text" },
  },
} satisfies SearchTable;

export type DocumentSort = keyof typeof documentSearchTable.sorts;
