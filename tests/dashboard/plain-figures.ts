import type { ChartStep, PeriodFigures } from "../../app/dashboard/figures.ts";
import type { Period } from "../../app/dashboard/period.ts";
import { type Db, withShop } from "../../app/db.server.ts";
import type { CurrencyTotal } from "../../app/money.ts";
import { listOrders } from "../../app/orders/list-orders.server.ts";
import { type OrderStatus, orderStatuses } from "../../app/orders/order.ts";
import type { Query } from "../../app/search/query.ts";
import type { ShopId } from "../../app/shops/shop.ts";

/** The rules of the figures once more, as directly as SQL can say them, over the orders themselves. */

interface PlainOrder {
  day: string;
  currency: string;
  status: OrderStatus;
  total: string;
  review: boolean;
  delivered: boolean;
  shipped: boolean;
  /** Seconds, as PostgreSQL counts them. */
  delivery: string | null;
  wait: string | null;
}

export async function countPlainly(db: Db, shopId: ShopId, { from, to, before }: Period, timeZone: string) {
  const orders = await withShop(
    db,
    shopId,
    ({ sql }) => sql<PlainOrder[]>`
      select (created_at at time zone ${timeZone})::date::text as day, currency, status, total_minor as total,
        needs_review as review, delivered_at is not null as delivered, shipped_at is not null as shipped,
        case when delivered_at >= shipped_at then extract(epoch from delivered_at - shipped_at)::bigint
             when delivered_at < shipped_at then 0 end as delivery,
        case when shipped_at >= created_at then extract(epoch from shipped_at - created_at)::bigint else 0 end as wait
      from orders where shop_id = ${shopId} and deleted_at is null and not test`,
  );
  const now = orders.filter(({ day }) => (from === null || day >= from) && (to === null || day <= to));
  const days = [...Map.groupBy(now, ({ day }) => day)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    now: count(now),
    before: before && count(orders.filter(({ day }) => day >= before.from && day <= before.to)),
    needsReview: orders.filter(({ review }) => review).length,
    days: days.map(
      ([day, some]): ChartStep => ({ day, byStatus: count(some).byStatus, revenue: revenueOf(some) }),
    ),
  };
}

/**
 * The orders whose times are not what their shipments and the inbox say: the first departure of those that stand, and
 * the last arrival if all have arrived; each arrival the earliest "delivered" among its events, whenever those came.
 */
export function listWrongTimes(db: Db, shopId: ShopId) {
  return withShop(
    db,
    shopId,
    ({ sql }) => sql`
      with arrivals as (
        select (body::jsonb->>'fulfillment_id')::bigint as fulfillment, min((body::jsonb->>'happened_at')::timestamptz) as at
        from webhook_events
        where topic = 'fulfillment_events/create' and status in ('applied', 'stale')
          and body::jsonb->>'status' = 'delivered'
        group by 1
      ), plain as (
        select s.shopify_order_id, min(s.shipped_at) as shipped_at,
          case when bool_and(coalesce(a.at, s.delivered_at) is not null)
               then max(coalesce(a.at, s.delivered_at)) end as delivered_at
        from order_shipments s left join arrivals a on a.fulfillment = s.shopify_fulfillment_id
        where s.status = 'success' group by 1
      )
      select o.name, o.shipped_at, p.shipped_at as plain_shipped_at, o.delivered_at, p.delivered_at as plain_delivered_at
      from orders o left join plain p using (shopify_order_id)
      where o.deleted_at is null
        and (o.shipped_at is distinct from p.shipped_at or o.delivered_at is distinct from p.delivered_at)`,
  ).then((rows) => [...rows]);
}

function count(orders: PlainOrder[]): PeriodFigures {
  const arrived = orders.filter(({ delivery }) => delivery !== null);
  const left = orders.filter(({ shipped }) => shipped);
  const average = (kind: "delivery" | "shipping", seconds: (string | null)[]) => ({
    kind,
    seconds: seconds.reduce((sum, one) => sum + Number(one), 0) / seconds.length,
    orders: seconds.length,
  });
  return {
    orders: orders.length,
    byStatus: {
      PENDING: 0,
      CONFIRMED: 0,
      SHIPPED: 0,
      CANCELLED: 0,
      ...Object.fromEntries(
        orderStatuses.map((status) => [status, orders.filter((order) => order.status === status).length]),
      ),
    },
    activeShipments: orders.filter(({ status, delivered }) => status === "SHIPPED" && !delivered).length,
    revenue: revenueOf(orders),
    averageTime:
      arrived.length > 0
        ? average(
            "delivery",
            arrived.map(({ delivery }) => delivery),
          )
        : left.length > 0
          ? average(
              "shipping",
              left.map(({ wait }) => wait),
            )
          : null,
  };
}

/** Euro, the shop's own, first and always there. */
function revenueOf(orders: PlainOrder[]): CurrencyTotal[] {
  const earning = orders.filter(({ status }) => status !== "CANCELLED");
  const others = [...new Set(earning.map(({ currency }) => currency))].filter((one) => one !== "EUR").sort();
  return ["EUR", ...others].map((currency) => ({
    currency,
    totalMinor: sumOf(earning.filter((order) => order.currency === currency).map(({ total }) => total)),
  }));
}

const sumOf = (amounts: string[]) => amounts.reduce((sum, amount) => sum + BigInt(amount), 0n).toString();

/** What the rows of a whole list come to, by currency, euro first. */
export async function sumPlainly(
  db: Db,
  shop: { id: ShopId; timeZone: string; currency: string },
  query: Query,
): Promise<CurrencyTotal[]> {
  const { orders } = await listOrders(db, shop, { query, sort: "created", direction: "desc", limit: 10_000 });
  const currencies = [...new Set(orders.map(({ currency }) => currency))].sort();
  const sorted = [...currencies.filter((one) => one === "EUR"), ...currencies.filter((one) => one !== "EUR")];
  return sorted.map((currency) => ({
    currency,
    totalMinor: sumOf(
      orders.filter((order) => order.currency === currency).map(({ totalMinor }) => totalMinor),
    ),
  }));
}
