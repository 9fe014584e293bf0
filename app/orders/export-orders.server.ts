import type { ExportSource } from "../exports/export-source.server.ts";
import { exportColumnsOf } from "./export-columns.ts";
import { firstPage, parseSort } from "./list-address.ts";
import { parseColumns, usualColumns } from "./order-columns.ts";
import { orderSearchTable } from "./order-search-table.ts";
import { parseOrderQuery } from "./parse-order-query.ts";

/** The list of orders as a file. */
export const orderExport: ExportSource = {
  table: orderSearchTable,
  title: "Orders",
  parseQuery: (q, { timeZone }) => parseOrderQuery(q, timeZone).query,
  parseSort: (sort) => parseSort(sort) ?? firstPage,
  columnsOf: (names) => exportColumnsOf(parseColumns(names.join(",")) ?? usualColumns),
  rows: ({ sql }, shop, listed, order) => sql`
    select o.shopify_order_id::text as "shopifyOrderId", o.name, o.customer_name as "customerName", o.email,
      to_json(o.created_at)#>>'{}' as "createdAt", to_json(o.updated_at)#>>'{}' as "updatedAt", o.status,
      o.financial_status as "financialStatus", o.fulfillment_status as "fulfillmentStatus",
      o.total_minor::text as "totalMinor", o.currency, o.tracking_company as "trackingCompany",
      o.tracking_number as "trackingNumber", o.note, o.item_count as "itemCount", o.source_name as "sourceName", o.tags
    from (${listed}) as listed join orders o on o.shop_id = ${shop.id} and o.id = listed.id
    order by ${order}`,
};
