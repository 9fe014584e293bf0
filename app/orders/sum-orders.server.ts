import type postgres from "postgres";
import { type Db, type Tx, withShop } from "../db.server.ts";
import { allOf, compileQuery } from "../search/compile-query.server.ts";
import type { Query, Term } from "../search/query.ts";
import { estimateRows, exactCountLimit, hurry, orTooLong, planForLists } from "../search/read-page.server.ts";
import type { Shop } from "../shops/shop.ts";
import type { CurrencyTotal } from "./figures.ts";
import { orderSearchTable } from "./order-search-table.ts";

/** How long summing may hold up a page before it shows no sum, in milliseconds. */
const patienceMs = 60;

/**
 * What the orders that a query matches come to, by currency, whatever their status. The kept figures answer a
 * query that asks for nothing else than they count by, so that the dashboard's lists show their sum at any size.
 * @returns null when there are too many orders to add up at once
 */
export async function sumListedOrders(
  db: Db,
  shop: Pick<Shop, "id" | "timeZone" | "currency">,
  query: Query,
): Promise<CurrencyTotal[] | null> {
  const sum = withShop(db, shop.id, async (tx) => {
    const counted = query.terms.map((term) => countedBy(tx, term));
    const conditions = counted.filter((condition) => condition !== null);
    if (conditions.length === counted.length) return sumFigures(tx, shop, allOf(tx, conditions));
    return sumOrders(tx, shop, query);
  });
  return orTooLong(sum);
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

async function sumFigures({ sql }: Tx, shop: Pick<Shop, "id" | "currency">, filter: Condition) {
  const rows = await sql<SumRow[]>`
    select currency, sum(orders) as orders, sum(total_minor) as total
    from (
      select day, currency, status, test, orders, total_minor from order_figures where shop_id = ${shop.id}
      union all
      select day, currency, status, test, orders, total_minor from order_figure_changes where shop_id = ${shop.id}
    ) as counted
    where ${filter} group by currency`;
  return toTotals(rows, shop.currency);
}

async function sumOrders(tx: Tx, shop: Pick<Shop, "id" | "timeZone" | "currency">, query: Query) {
  await planForLists(tx);
  const filter = allOf(tx, compileQuery(tx, orderSearchTable, query, shop));
  // An estimate far beyond the limit is not worth a try: the planner is rarely wrong by that much.
  const estimate = await estimateRows(tx, orderSearchTable, filter);
  if (estimate > exactCountLimit * 10) return null;
  if (estimate > exactCountLimit) await hurry(tx, patienceMs);
  const rows = await tx.sql<SumRow[]>`
    select currency, count(*) as orders, sum(total_minor) as total
    from (select currency, total_minor from desk_orders where ${filter} limit ${exactCountLimit + 1}) as matching
    group by currency`;
  const orders = rows.reduce((sum, row) => sum + Number(row.orders), 0);
  return orders > exactCountLimit ? null : toTotals(rows, shop.currency);
}

/** The shop's own currency first. */
function toTotals(rows: Iterable<SumRow>, shopCurrency: string): CurrencyTotal[] {
  const rank = (currency: string) => (currency === shopCurrency ? "" : currency);
  return [...rows]
    .filter(({ orders }) => orders !== "0")
    .sort((a, b) => (rank(a.currency) < rank(b.currency) ? -1 : 1))
    .map(({ currency, total }) => ({ currency, totalMinor: total }));
}
