import type { ExportSource } from "../exports/export-source.server.ts";
import { parseColumns, usualColumns } from "./document-columns.ts";
import { documentSearchTable } from "./document-search-table.ts";
import { exportColumnsOf } from "./export-columns.ts";
import { firstPage, parseSort } from "./list-address.ts";
import { parseDocumentQuery } from "./parse-document-query.ts";

/** The list of invoices and credit notes as a file. */
export const documentExport: ExportSource = {
  table: documentSearchTable,
  title: "Invoices",
  parseQuery: (q, { timeZone }) => parseDocumentQuery(q, timeZone).query,
  parseSort: (sort) => parseSort(sort) ?? firstPage,
  columnsOf: (names) => exportColumnsOf(parseColumns(names.join(",")) ?? usualColumns),
  rows: ({ sql }, shop, listed, order) => sql`
    select d.id, d.number, d.kind, said.content->'order'->>'name' as "orderName", d.buyer_name as "buyerName",
      d.buyer_email as "buyerEmail", d.issued_on::text as "issuedOn", d.due_on::text as "dueOn", s.state,
      (case d.kind when 'invoice' then d.gross_minor else -d.gross_minor end)::text as "totalMinor",
      (case d.kind when 'invoice' then greatest(d.gross_minor - s.credited_minor - s.paid_minor, 0) else 0 end)::text
        as "openMinor", d.currency, said.content->>'reason' as reason
    from (${listed}) as listed join documents d on d.shop_id = ${shop.id} and d.id = listed.id
      join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
      cross join lateral (select d.content::jsonb as content offset 0) said
    order by ${order}`,
};
