import { type SearchAddress, searchAddresses } from "../search/list-address.ts";
import { type CustomerColumn, parseColumns } from "./customer-columns.ts";
import { type CustomerSort, customerSearchTable } from "./customer-search-table.ts";

export type CustomerAddress = SearchAddress<CustomerSort, CustomerColumn>;

/** The addresses of the list of customers. */
export const { firstPage, parseSort, parseListAddress, listSearch, listParams, keepListSearch, listKey } =
  searchAddresses({
    sorts: customerSearchTable.sorts,
    usual: { sort: "last_order", direction: "desc" },
    parseColumns,
  });
