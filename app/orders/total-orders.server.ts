import type postgres from "postgres";
import { type Db, type Tx, withShop } from "../db.server.ts";
import type { CurrencyTotal } from "../money.ts";
import { allOf, compileQuery } from "../search/compile-query.server.ts";
import type { Query, Term } from "../search/query.ts";
import {
  type Count,
  estimateRows,
  exactCountLimit,
  hurry,
  orTooLong,
  planForLists,
} from "../search/read-page.server.ts";
import type { Shop } from "../shops/shop.ts";
import { orderSearchTable } from "./order-search-table.ts";

/** How long counting and summing may hold up a page before an estimate has to do, in milliseconds. */
const patienceMs = 40;

export interface OrderTotals {
  count: Count;
  /** By currency; null when there are too many orders to add up at once. */
  sum: CurrencyTotal[] | null;
}

/**
 * How many orders a query matches and what they come to, whatever their status, in one reading of them. The kept
 * figures answer a query that asks for nothing else than they count by, so that the dashboard's lists say exactly
 * what their figure says at any size. Otherwise up to {@link exactCountLimit} orders are counted, and above that the
 * planner's estimate is given as one.
 */
export async function totalListedOrders(
  db: Db,
  shop: Pick<Shop, "id" | "timeZone" | "currency">,
  query: Query,
): Promise<OrderTotals> {
  let estimate = 0;
  // A transaction of its own, because running out of patience ends it.
  const totals = withShop(db, shop.id, async (tx) => {
    const counted = query.terms.map((term) => countedBy(tx, term));
    const conditions = counted.filter((condition) => condition !== null);
    if (conditions.length === counted.length) return totalFigures(tx, shop, allOf(tx, conditions));
    await planForLists(tx);
    const filter = allOf(tx, compileQuery(tx, orderSearchTable, query, shop));
    estimate = await estimateRows(tx, orderSearchTable, filter);
    if (estimate > exactCountLimit) await hurry(tx, patienceMs);
    return totalOrders(tx, shop, filter);
  });
  const known = await orTooLong(totals);
  return known ?? { count: { count: Math.max(estimate, exactCountLimit + 1), exact: false }, sum: null };
}

type Condition = postgres.PendingQuery<postgres.Row[]>;

/** A term as a condition on the kept figures; null when they do not tell. */
function countedBy({ sql }: Tx, term: Term): Condition | null {
  if (term.kind !== "field") return null;
  const { field, match } = term;
  const not = term.negated ? sql`not` : sql``;
  if (match.type === "keywords" && (field === "status" || field === "currency"))
    return sql`${not} (lower(${sql(field)}) = any(array(select search_fold(value) from unnest(${match.values}::text[]) value)))`;
  if (match.type === "flag" && field === "test") return sql`${not} (test)`;
  if (match.type === "day" && field === "created") {
    const { from, to } = match;
    return sql`${not} (day between ${from ?? "-infinity"}::date and ${to ?? "infinity"}::date)`;
  }
  return null;
}

interface SumRow {
  currency: string;
  orders: string;
  total: string;
}

async function totalFigures({ sql }: Tx, shop: Pick<Shop, "id" | "currency">, filter: Condition) {
  const rows = await sql<SumRow[]>`
    select currency, sum(orders) as orders, sum(total_minor) as total
    from (
      select day, currency, status, test, orders, total_minor from order_figures where shop_id = ${shop.id}
      union all
      select day, currency, status, test, orders, total_minor from order_figure_changes where shop_id = ${shop.id}
    ) as counted
    where ${filter} group by currency`;
  return { count: { count: countOf(rows), exact: true }, sum: toTotals(rows, shop.currency) };
}

/** @returns null when there are more than can be counted at once */
async function totalOrders({ sql }: Tx, shop: Pick<Shop, "id" | "currency">, filter: Condition) {
  const rows = await sql<SumRow[]>`
    select currency, count(*) as orders, sum(total_minor) as total
    from (select currency, total_minor from desk_orders where ${filter} limit ${exactCountLimit + 1}) as matching
    group by currency`;
  const count = countOf(rows);
  return count > exactCountLimit
    ? null
    : { count: { count, exact: true }, sum: toTotals(rows, shop.currency) };
}

const countOf = (rows: readonly SumRow[]) => rows.reduce((sum, row) => sum + Number(row.orders), 0);

/** The shop's own currency first. */
function toTotals(rows: Iterable<SumRow>, shopCurrency: string): CurrencyTotal[] {
  const rank = (currency: string) => (currency === shopCurrency ? "" : currency);
  return [...rows]
    .filter(({ orders }) => orders !== "0")
    .sort((a, b) => (rank(a.currency) < rank(b.currency) ? -1 : 1))
    .map(({ currency, total }) => ({ currency, totalMinor: total }));
}
