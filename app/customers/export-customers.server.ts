import type { ExportSource } from "../exports/export-source.server.ts";
import { parseColumns, usualColumns } from "./customer-columns.ts";
import { customerSearchTable } from "./customer-search-table.ts";
import { exportColumnsOf } from "./export-columns.ts";
import { firstPage, parseSort } from "./list-address.ts";
import { parseCustomerQuery } from "./parse-customer-query.ts";

/** The list of customers as a file. */
export const customerExport: ExportSource = {
  table: customerSearchTable,
  title: "Customers",
  parseQuery: (q, { timeZone }) => parseCustomerQuery(q, timeZone).query,
  parseSort: (sort) => parseSort(sort) ?? firstPage,
  columnsOf: (names) => exportColumnsOf(parseColumns(names.join(",")) ?? usualColumns),
  rows: ({ sql }, shop, listed, order) => sql`
    select c.shopify_customer_id::text as "shopifyCustomerId", c.first_name as "firstName",
      c.last_name as "lastName", c.email, c.phone, c.note, c.erased_at is not null as erased,
      s.order_count as "orderCount", s.spent_minor::text as "spentMinor", ${shop.currency}::text as currency,
      to_json(nullif(s.last_order_at, '-infinity'))#>>'{}' as "lastOrderAt",
      to_json(c.created_at)#>>'{}' as "createdAt"
    from (${listed}) as listed join customers c on c.shop_id = ${shop.id} and c.id = listed.id
      join desk_customers s on s.customer_id = c.id
    order by ${order}`,
};
