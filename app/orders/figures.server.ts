import { type Db, withShop } from "../db.server.ts";
import type { Shop } from "../shops/shop.ts";
import { type FigureRow, type Figures, summariseFigures } from "./figures.ts";
import type { Period } from "./period.ts";

/**
 * The dashboard's figures in one statement, from the kept counters and what has changed since they were folded.
 * It reads a row for each day, currency and status and no order, so a million orders cost what a thousand do.
 */
export async function readFigures(
  db: Db,
  shop: Pick<Shop, "id" | "currency">,
  period: Period,
): Promise<Figures> {
  const { from, to, before, step } = period;
  const rows = await withShop(db, shop.id, ({ sql }) => {
    const columns = sql`day, currency, status, orders, total_minor, needs_review, undelivered, delivered,
      delivery_seconds, shipped, ship_seconds`;
    return sql<FigureRow[]>`
      select span, case when span = 'now' then date_trunc(${step}::text, day::timestamp)::date::text end as step,
        currency, status, sum(orders) as orders, sum(total_minor) as total_minor, sum(needs_review) as needs_review,
        sum(undelivered) as undelivered, sum(delivered) as delivered, sum(delivery_seconds) as delivery_seconds,
        sum(shipped) as shipped, sum(ship_seconds) as ship_seconds
      from (
        select ${columns} from order_figures where shop_id = ${shop.id} and not test
        union all
        select ${columns} from order_figure_changes where shop_id = ${shop.id} and not test
      ) as counted
      cross join lateral (select case
        when day between ${from ?? "-infinity"}::date and ${to ?? "infinity"}::date then 'now'
        when day between ${before?.from ?? "infinity"}::date and ${before?.to ?? "-infinity"}::date then 'before'
        else 'other' end as span) as spans
      group by 1, 2, 3, 4`;
  });
  return summariseFigures([...rows], period, shop.currency);
}
