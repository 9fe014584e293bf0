import { type SearchAddress, searchAddresses } from "../search/list-address.ts";
import { type OrderColumn, parseColumns } from "./order-columns.ts";
import { type OrderSort, orderSearchTable } from "./order-search-table.ts";

export type ListAddress = SearchAddress<OrderSort, OrderColumn>;

/** The addresses of the list of orders. */
export const { firstPage, parseSort, parseListAddress, listSearch, listParams, keepListSearch, listKey } =
  searchAddresses({
    sorts: orderSearchTable.sorts,
    usual: { sort: "created", direction: "desc" },
    parseColumns,
    daySort: "created",
  });
