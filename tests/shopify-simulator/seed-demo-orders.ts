import type { IdSource } from "./ids.ts";
import { createIdSource } from "./ids.ts";
import type { OrderRequest, ShopProfile } from "./orders/build-order-payload.ts";
import { buildOrderPayload } from "./orders/build-order-payload.ts";
import { cancelOrder, changeNote, markPaid } from "./orders/change-order.ts";
import { editOrder } from "./orders/edit-order.ts";
import { drawTracking, fulfilOrder } from "./orders/fulfil-order.ts";
import { type FulfillmentEvent, moveShipment } from "./orders/fulfillment-events.ts";
import type { ChangeSource } from "./orders/order-change.ts";
import type { OrderPayload } from "./orders/order-payload.ts";
import { refundOrder } from "./orders/refund-order.ts";
import type { Random } from "./random.ts";
import { createRandom } from "./random.ts";
import { keepFulfillmentEvents, type SimulatedShop } from "./simulated-shop.ts";
import type { Simulator } from "./simulator.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface HistoryOf {
  shop: ShopProfile & Pick<SimulatedShop, "id">;
  count: number;
  days: number;
  now: Date;
  random: Random;
  ids: IdSource;
  firstNumber: number;
}

/** Lets an order live from its creation until now: older ones have mostly been shipped, some went wrong. */
function liveOn(
  order: OrderPayload,
  { shop, random, ids, now }: HistoryOf,
  events: FulfillmentEvent[],
): OrderPayload {
  let at = Date.parse(order.created_at);
  let next = order;
  const step = (minHours: number, maxHours: number): ChangeSource | null => {
    at += random.integer(minHours * 60, maxHours * 60) * 60_000;
    return at > now.getTime() ? null : { at: new Date(at), timeZone: shop.timeZone, random, ids };
  };
  const change = (source: ChangeSource | null, run: (source: ChangeSource) => OrderPayload) => {
    if (source) next = run(source);
    return source !== null;
  };

  // A carrier's word reaches the shop a while after it happened.
  const move = (status: string, source: ChangeSource): OrderPayload => {
    const happenedAt = new Date(source.at.getTime() - random.integer(0, 120) * 60_000);
    const moved = moveShipment(next, { ...source, shopId: shop.id }, [{ status, happenedAt }]);
    events.push(...moved.events);
    return moved.order;
  };

  if (next.financial_status !== "paid" && random.chance(0.6))
    change(step(1, 48), (source) => markPaid(next, source));
  if (random.chance(0.07)) {
    change(step(1, 30), (source) => cancelOrder(next, source, { refund: random.chance(0.6) }).order);
    return next;
  }
  if (random.chance(0.1)) change(step(1, 12), (source) => changeNote(next, source));
  if (random.chance(0.08)) change(step(1, 12), (source) => editOrder(next, source).order);
  if (next.financial_status === "pending" && random.chance(0.8)) return next;

  const partial = random.chance(0.12) && next.line_items.reduce((all, line) => all + line.quantity, 0) > 1;
  const shipped = change(step(6, 96), (source) =>
    fulfilOrder(next, source, { ...drawTracking(source), partial }),
  );
  if (!shipped) return next;
  const moving = change(step(4, 24), (source) => move("in_transit", source));
  if (moving && random.chance(0.9)) {
    change(step(20, 120), (source) => move("delivered", source));
  }
  if (random.chance(0.08)) {
    change(step(24, 240), (source) => refundOrder(next, source, { full: random.chance(0.4) }).order);
  }
  return next;
}

/** A shop's recent past, oldest first, with its shipments' events. Pure: the same seed and `now` give the same. */
export function makeOrderHistory(history: HistoryOf): { orders: OrderPayload[]; events: FulfillmentEvent[] } {
  const { count, days, now, random, firstNumber } = history;
  // Business grows: more orders recently than two months ago.
  const ages = Array.from({ length: count }, () => random.next() ** 1.4 * days * DAY_MS).toSorted(
    (a, b) => b - a,
  );
  const events: FulfillmentEvent[] = [];
  const orders = ages.map((age, at) => {
    const request: OrderRequest = { createdAt: new Date(Math.floor((now.getTime() - age) / 1000) * 1000) };
    return liveOn(buildOrderPayload({ ...history, number: firstNumber + at }, request), history, events);
  });
  return { orders, events };
}

export interface SeedOptions {
  days?: number;
  seed?: number;
  /** false sends `orders/create` for each order, in the state it has reached, and its shipments' events. */
  silent?: boolean;
  now?: Date;
}

/** Fills a shop with plausible history: every mixture of statuses, over the last 60 days. */
export function seedDemoOrders(
  simulator: Simulator,
  shop: SimulatedShop,
  count: number,
  options: SeedOptions = {},
) {
  const { days = 60, seed = simulator.config.seed, silent = true, now = new Date() } = options;
  const random = createRandom(seed + shop.nextNumber * 7919 + Number(shop.id % 100_000n));
  const ids = createIdSource(random, simulator.config.hugeIdShare);
  const { orders, events } = makeOrderHistory({
    shop,
    count,
    days,
    now,
    random,
    ids,
    firstNumber: shop.nextNumber,
  });
  keepFulfillmentEvents(shop, events);
  const eventsOf = Map.groupBy(events, ({ order_id }) => order_id);
  for (const order of orders) {
    shop.orders.set(String(order.id), order);
    const told = (eventsOf.get(order.id) ?? []).map((payload) => ({
      topic: "fulfillment_events/create",
      payload,
    }));
    const webhooks = [{ topic: "orders/create", payload: order }, ...told];
    if (!silent) simulator.send(shop, webhooks, { orderId: order.id });
  }
  shop.nextNumber += count;
  simulator.saveSoon();
  return orders;
}
