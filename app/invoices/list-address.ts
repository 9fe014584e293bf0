import { type SearchAddress, searchAddresses } from "../search/list-address.ts";
import { type DocumentColumn, parseColumns } from "./document-columns.ts";
import { type DocumentSort, documentSearchTable } from "./document-search-table.ts";

export type DocumentAddress = SearchAddress<DocumentSort, DocumentColumn>;

/** The addresses of the list of invoices and credit notes. */
export const { firstPage, parseSort, parseListAddress, listSearch, listParams, keepListSearch, listKey } =
  searchAddresses({
    sorts: documentSearchTable.sorts,
    usual: { sort: "issued", direction: "desc" },
    parseColumns,
    daySort: "issued",
  });
