import { type Db, type Tx, withShop } from "../db.server.ts";
import { allOf, compileQuery } from "../search/compile-query.server.ts";
import type { Query } from "../search/query.ts";
import {
  type Count,
  estimateRows,
  exactCountLimit,
  hurry,
  orTooLong,
  planForLists,
} from "../search/read-page.server.ts";
import type { Shop } from "../shops/shop.ts";
import { documentSearchTable } from "./document-search-table.ts";

/** How long counting and summing may hold up a page before an estimate has to do, in milliseconds. */
const patienceMs = 40;

/** Documents of one currency added up. Minor units as text. */
export interface DocumentSum {
  currency: string;
  /** Invoices less credit notes. */
  totalMinor: string;
  /** What is still to be paid of the invoices. */
  openMinor: string;
}

export interface DocumentTotals {
  count: Count;
  /** By currency, the shop's own first; null when there are too many documents to add up at once. */
  sum: DocumentSum[] | null;
}

/** How many documents a query matches and what they come to: up to {@link exactCountLimit}, above an estimate. */
export async function totalDocuments(
  db: Db,
  shop: Pick<Shop, "id" | "timeZone" | "currency">,
  query: Query,
): Promise<DocumentTotals> {
  let estimate = 0;
  // A transaction of its own, because running out of patience ends it.
  const totals = withShop(db, shop.id, async (tx) => {
    await planForLists(tx);
    const filter = allOf(tx, compileQuery(tx, documentSearchTable, query, shop));
    estimate = await estimateRows(tx, documentSearchTable, filter);
    if (estimate > exactCountLimit) await hurry(tx, patienceMs);
    return addUp(tx, shop.currency, filter);
  });
  const known = await orTooLong(totals);
  return known ?? { count: { count: Math.max(estimate, exactCountLimit + 1), exact: false }, sum: null };
}

/** @returns null when there are more than can be counted at once */
async function addUp(
  { sql }: Tx,
  shopCurrency: string,
  filter: ReturnType<typeof allOf>,
): Promise<DocumentTotals | null> {
  const rows = await sql<(DocumentSum & { documents: number })[]>`
    select currency, count(*)::int as documents,
      sum(case kind when 'invoice' then gross_minor else -gross_minor end)::text as "totalMinor",
      sum(open_minor)::text as "openMinor"
    from (select currency, kind, gross_minor, open_minor from desk_documents
          where ${filter} limit ${exactCountLimit + 1}) as matching
    group by currency order by currency <> ${shopCurrency}, currency`;
  const count = rows.reduce((all, { documents }) => all + documents, 0);
  if (count > exactCountLimit) return null;
  const sum = rows.map(({ currency, totalMinor, openMinor }) => ({ currency, totalMinor, openMinor }));
  return { count: { count, exact: true }, sum };
}
