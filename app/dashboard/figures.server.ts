import type postgres from "postgres";
import { type Db, withShop } from "../db.server.ts";
import type { Shop } from "../shops/shop.ts";
import { type FigureRow, type Figures, summariseFigures, type Waiting } from "./figures.ts";
import type { Period } from "./period.ts";

type Sql = postgres.TransactionSql;

/**
 * The dashboard's figures, from the kept counters and what has changed since they were folded: two statements, sent
 * together. They read a row for each day, currency and status and no order, so a million orders cost what a thousand
 * do.
 */
export async function readFigures(
  db: Db,
  shop: Pick<Shop, "id" | "currency">,
  period: Period,
): Promise<Figures> {
  const [rows, [waiting]] = await withShop(db, shop.id, ({ sql }) =>
    Promise.all([
      sql<FigureRow[]>`${rowsOfPeriod(sql, shop, period)}`,
      sql<Waiting[]>`${waitingOrders(sql, shop)}`,
    ]),
  );
  return summariseFigures([...rows], waiting, period, shop.currency);
}

/** Dates become text only once a group: that is most of what a row costs. */
function rowsOfPeriod(sql: Sql, { id }: Pick<Shop, "id">, { from, to, before, step }: Period) {
  const columns = sql`day, currency, status, orders, total_minor, undelivered, delivered, delivery_seconds, shipped,
    ship_seconds`;
  const counted = (first: string, last: string) => sql`(
    select ${columns} from order_figures
    where shop_id = ${id} and not test and day between ${first}::date and ${last}::date
    union all
    select ${columns} from order_figure_changes
    where shop_id = ${id} and not test and day between ${first}::date and ${last}::date) as counted`;
  const sums = sql`sum(orders) as orders, sum(total_minor) as total_minor, sum(undelivered) as undelivered,
    sum(delivered) as delivered, sum(delivery_seconds) as delivery_seconds, sum(shipped) as shipped,
    sum(ship_seconds) as ship_seconds`;
  const now = sql`
    select true as now, date_trunc(${step}::text, day::timestamp) as step, currency, status, ${sums}
    from ${counted(from ?? "-infinity", to ?? "infinity")} group by step, currency, status`;
  const earlier =
    before &&
    sql`
    union all
    select false, null, currency, status, ${sums} from ${counted(before.from, before.to)} group by currency, status`;
  return sql`
    select now, step::date::text as step, currency, status, orders, total_minor, undelivered, delivered,
      delivery_seconds, shipped, ship_seconds
    from (${now} ${earlier ?? sql``}) as summed`;
}

/** Orders of any day that wait for a look, and whether there was ever an order at all. */
function waitingOrders(sql: Sql, { id }: Pick<Shop, "id">) {
  return sql`
    select coalesce((select sum(needs_review) from order_figures
                     where shop_id = ${id} and not test and needs_review <> 0), 0)
         + coalesce((select sum(needs_review) from order_figure_changes
                     where shop_id = ${id} and not test and needs_review <> 0), 0) as needs_review,
      exists (select from order_figures where shop_id = ${id} and not test and orders <> 0)
      or exists (select from order_figure_changes where shop_id = ${id} and not test) as ever_ordered`;
}
