import { expect, test } from "vitest";
import { figureQueries } from "../../app/dashboard/figure-queries.ts";
import { readFigures } from "../../app/dashboard/figures.server.ts";
import { foldOrderFigures, lockFigures, rebuildDesk } from "../../app/dashboard/keep-figures.server.ts";
import { parsePeriod, presetPeriod } from "../../app/dashboard/period.ts";
import { withShop } from "../../app/db.server.ts";
import { editOrder } from "../../app/orders/edit-order.server.ts";
import { firstPage } from "../../app/orders/list-address.ts";
import { listOrders } from "../../app/orders/list-orders.server.ts";
import { isAllowedMove, orderStatuses } from "../../app/orders/order.ts";
import { parseOrderQuery } from "../../app/orders/parse-order-query.ts";
import { totalListedOrders } from "../../app/orders/total-orders.server.ts";
import type { Actor, ShopId } from "../../app/shops/shop.ts";
import { createRandom, type Random } from "../shopify-simulator/random.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import {
  deliverAndProcess,
  delivery,
  fulfillmentEvent,
  nextOrderId,
  orderPayload,
  readOrder,
} from "../support/deliveries.ts";
import { countPlainly, listWrongTimes, sumPlainly } from "./plain-figures.ts";

const context = openAppContext();
const anna: Actor = { kind: "merchant", id: "1001", name: "Anna" };
const never = new AbortController().signal;
const timeZone = "Europe/Berlin";
const allTime = presetPeriod("all", "2026-11-25");

/** What Shopify has of an order, to be changed and sent again. */
interface Draft {
  id: string;
  tick: number;
  fields: Record<string, unknown>;
}

/** Instants around the shop's midnight, the change of its clocks and a year's end, where days are easily mistaken. */
const moments = [
  "2026-10-25T00:30:00Z",
  "2026-10-25T21:59:59Z",
  "2026-10-25T23:30:00Z",
  "2026-03-29T00:59:59Z",
  "2025-12-31T22:59:59Z",
  "2025-12-31T23:00:00Z",
  "2026-11-20T12:00:00Z",
];

function newDraft(random: Random): Draft {
  const createdAt = random.pick(moments);
  const total = (random.integer(0, 99_999) / 100).toFixed(2);
  const currency = random.pick(["EUR", "EUR", "USD", "JPY"]);
  return {
    id: nextOrderId(),
    tick: 0,
    fields: {
      created_at: createdAt,
      currency,
      presentment_currency: currency,
      test: random.chance(0.15),
      line_items: [],
      shipping_lines: [],
      total_tax: "0",
      subtotal_price: "0",
      ...totals(currency, total),
      customer: random.chance(0.7)
        ? { id: random.integer(1, 6), first_name: "Eve", updated_at: "2026-11-01T00:00:00Z" }
        : null,
    },
  };
}

const totals = (currency: unknown, total: string) => {
  const amount = currency === "JPY" ? String(Math.round(Number(total))) : total;
  return { total_price: amount, current_total_price: amount };
};

/** One thing that happens to an order at Shopify. @returns the topic to send */
function change(draft: Draft, random: Random): string {
  const { fields } = draft;
  const shipment = { id: Number(draft.id) * 2, status: "success", created_at: "2026-11-21T08:00:00Z" };
  const kind = random.pick([
    "paid",
    "refund",
    "ship",
    "arrive",
    "event",
    "event",
    "second",
    "undo",
    "cancel",
    "test",
    "customer",
    "unship",
    "delete",
  ]);
  if (kind === "delete") return "orders/delete";
  if (kind === "event") return "fulfillment_events/create";
  if (kind === "second") {
    const other = { ...shipment, id: shipment.id + 1, created_at: "2026-11-22T08:00:00Z" };
    Object.assign(fields, { fulfillment_status: "fulfilled", fulfillments: [{ ...shipment }, other] });
  }
  if (kind === "undo") fields.fulfillments = [{ ...shipment, status: "cancelled" }];
  if (kind === "paid") fields.financial_status = "paid";
  if (kind === "refund") Object.assign(fields, { current_total_price: "0", financial_status: "refunded" });
  if (kind === "ship")
    Object.assign(fields, { fulfillment_status: "fulfilled", fulfillments: [{ ...shipment }] });
  if (kind === "unship") Object.assign(fields, { fulfillment_status: null, fulfillments: [] });
  if (kind === "arrive") {
    const updated_at = `2026-11-2${random.integer(2, 8)}T08:00:0${random.integer(0, 9)}Z`;
    Object.assign(fields, {
      fulfillment_status: "fulfilled",
      fulfillments: [{ ...shipment, shipment_status: "delivered", updated_at }],
    });
  }
  if (kind === "cancel") fields.cancelled_at = "2026-11-24T08:00:00Z";
  if (kind === "test") fields.test = !fields.test;
  if (kind === "customer")
    fields.customer = { id: random.integer(1, 6), first_name: "Eve", updated_at: "2026-11-01T00:00:00Z" };
  return "orders/updated";
}

/** An event of one of the order's shipments, whether or not it has left, was undone, or is known at all. */
function toEventDelivery(domain: string, { id }: Draft, random: Random) {
  const event = {
    id,
    fulfillment: Number(id) * 2 + random.integer(0, 1),
    status: random.pick(["in_transit", "delivered", "delivered", "failure"]),
    happenedAt: `2026-11-2${random.integer(2, 8)}T0${random.integer(0, 9)}:00:00Z`,
  };
  return delivery(domain, fulfillmentEvent(event), { topic: "fulfillment_events/create" });
}

function toDelivery(domain: string, draft: Draft, topic: string, random: Random) {
  if (topic === "fulfillment_events/create") return toEventDelivery(domain, draft, random);
  draft.tick += 1;
  const stamp = new Date(Date.parse("2026-11-24T00:00:00Z") + draft.tick * 1_000).toISOString();
  const body =
    topic === "orders/delete"
      ? `{"id":${draft.id}}`
      : orderPayload({ id: draft.id, updatedAt: stamp, ...draft.fields });
  return delivery(domain, body, { topic, triggeredAt: stamp });
}

async function editByMerchant(shopId: ShopId, draft: Draft, random: Random): Promise<void> {
  const order = await readOrder(context, shopId, draft.id);
  const status = random.pick(orderStatuses);
  const from = orderStatuses.find((one) => one === order?.status);
  if (!order || !from || order.deleted_at || !isAllowedMove(from, status)) return;
  const edit = { status, trackingCompany: null, trackingNumber: null, note: `note ${random.integer(1, 9)}` };
  await editOrder(context.db, { shopId, orderId: order.id, openedVersion: order.version, edit, actor: anna });
}

/** A writer's own orders through a life of their own. */
async function live(shop: { shopId: ShopId; domain: string }, seed: number, steps: number): Promise<void> {
  const random = createRandom(seed);
  const drafts: Draft[] = [];
  for (let step = 0; step < steps; step += 1) {
    const known = drafts.length > 0 ? random.pick(drafts) : null;
    if (!known || random.chance(0.3)) {
      // Several at once, so that one statement of the trigger sees many rows.
      const born = Array.from({ length: random.integer(1, 4) }, () => newDraft(random));
      drafts.push(...born);
      await deliverAndProcess(
        context,
        // Sometimes an event is there first.
        ...born.flatMap((draft) => (random.chance(0.2) ? [toEventDelivery(shop.domain, draft, random)] : [])),
        ...born.map((draft) => toDelivery(shop.domain, draft, "orders/create", random)),
      );
    } else if (random.chance(0.25)) await editByMerchant(shop.shopId, known, random);
    else {
      const changed = [known, random.pick(drafts), random.pick(drafts)];
      await deliverAndProcess(
        context,
        ...changed.map((draft) => toDelivery(shop.domain, draft, change(draft, random), random)),
      );
    }
    if (random.chance(0.1)) await foldOrderFigures(context.db, never);
  }
}

async function expectRight(shopId: ShopId): Promise<void> {
  expect(await listWrongTimes(context.db, shopId)).toEqual([]);
  const shop = { id: shopId, currency: "EUR" };
  for (const period of [
    allTime,
    parsePeriod(new URLSearchParams("from=2026-10-20&to=2026-10-26"), "2026-11-25"),
    parsePeriod(new URLSearchParams("from=2025-12-31&to=2025-12-31"), "2026-11-25"),
    presetPeriod("year", "2026-11-25"),
  ]) {
    const figures = await readFigures(context.db, shop, period);
    const plain = await countPlainly(context.db, shopId, period, timeZone);
    expect(figures.now, JSON.stringify(period)).toEqual(plain.now);
    expect(figures.before).toEqual(plain.before);
    expect(figures.needsReview).toBe(plain.needsReview);
    if (period.step === "day") {
      const drawn = figures.steps.filter(({ byStatus }) =>
        Object.values(byStatus).some((count) => count > 0),
      );
      expect(drawn).toEqual(plain.days);
    }
  }
}

async function expectCustomersRight(shopId: ShopId): Promise<void> {
  const [kept, plain] = await withShop(context.db, shopId, ({ sql }) =>
    Promise.all([
      sql`select customer_id, order_count, spent_minor from desk_customers order by customer_id`,
      sql`select c.id as customer_id, count(o.id)::int as order_count,
            coalesce(sum(o.total_minor) filter (where o.status <> 'CANCELLED' and o.currency = 'EUR'), 0)::bigint as spent_minor
          from customers c left join orders o
            on o.shop_id = c.shop_id and o.customer_id = c.id and o.deleted_at is null and not o.test
          group by c.id order by c.id`,
    ]),
  );
  expect([...kept]).toEqual([...plain]);
}

test("after any history the figures equal plain SQL over the orders, to the cent", async () => {
  for (const seed of [1, 2, 3]) {
    const shop = await createShop(context.db);
    await live(shop, seed, 40);
    await expectRight(shop.shopId);
    await expectCustomersRight(shop.shopId);
    await foldOrderFigures(context.db, never);
    await expectRight(shop.shopId);
  }
}, 60_000);

test("a fold beside two writers loses nothing and counts nothing twice", async () => {
  const shop = await createShop(context.db);
  let writing = true;
  const folding = (async () => {
    while (writing)
      await Promise.all([foldOrderFigures(context.db, never), foldOrderFigures(context.db, never)]);
  })();
  await Promise.all([live(shop, 11, 30), live(shop, 12, 30)]);
  writing = false;
  await folding;
  await expectRight(shop.shopId);
  await expectCustomersRight(shop.shopId);
}, 60_000);

test("a rebuild beside writers and folds comes to the same, in the shop's new time zone", async () => {
  const shop = await createShop(context.db);
  await live(shop, 21, 10);
  await withShop(
    context.db,
    shop.shopId,
    (tx) => tx.sql`update shops set time_zone = 'America/New_York' where id = ${shop.shopId}`,
  );
  await Promise.all([
    live(shop, 22, 15),
    foldOrderFigures(context.db, never),
    rebuildDesk(context.db, shop.shopId),
    foldOrderFigures(context.db, never),
  ]);
  const period = parsePeriod(new URLSearchParams("from=2026-10-20&to=2026-10-26"), "2026-11-25");
  const figures = await readFigures(context.db, { id: shop.shopId, currency: "EUR" }, period);
  const plain = await countPlainly(context.db, shop.shopId, period, "America/New_York");
  expect(figures.now).toEqual(plain.now);
  await expectCustomersRight(shop.shopId);
}, 60_000);

test("a rebuild waits for the fold under way, and counts what that one adds", async () => {
  const shop = await createShop(context.db);
  await deliverAndProcess(
    context,
    delivery(shop.domain, orderPayload({ created_at: "2026-11-10T23:30:00Z" })),
  );
  const { rebuilding } = await withShop(context.db, shop.shopId, async (tx) => {
    await lockFigures(tx, shop.shopId);
    await tx.sql`select fold_order_figures()`;
    await tx.sql`update shops set time_zone = 'America/New_York' where id = ${shop.shopId}`;
    const rebuild = rebuildDesk(context.db, shop.shopId);
    await expect.poll(countWaiting).toBe(1);
    return { rebuilding: rebuild };
  });
  await rebuilding;
  const period = parsePeriod(new URLSearchParams("from=2026-11-10&to=2026-11-11"), "2026-11-25");
  const { steps } = await readFigures(context.db, { id: shop.shopId, currency: "EUR" }, period);
  expect(steps.map(({ day, byStatus }) => [day, byStatus.PENDING])).toEqual([
    ["2026-11-10", 1],
    ["2026-11-11", 0],
  ]);
});

/** Transactions of this file's database that wait for an advisory lock. */
async function countWaiting(): Promise<number> {
  const rows = await context.db.sql`
    select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`;
  return rows.length;
}

test("another shop's orders are in nobody's figures", async () => {
  const [mine, theirs] = [await createShop(context.db), await createShop(context.db)];
  await deliverAndProcess(context, delivery(theirs.domain, orderPayload()));
  const figures = await readFigures(context.db, { id: mine.shopId, currency: "EUR" }, allTime);
  expect(figures).toMatchObject({ now: { orders: 0, averageTime: null }, everOrdered: false, steps: [] });
});

test("a list's sum equals the sum of its orders, from the figures and from the rows", async () => {
  const shop = await createShop(context.db);
  await live(shop, 31, 30);
  const searching = { id: shop.shopId, timeZone, currency: "EUR" };
  for (const q of [
    "",
    "-is:test",
    "is:test",
    "status:cancelled,pending",
    "-status:cancelled,pending -is:test",
    "created:2026-10-25",
    "-created:2026-10-25 currency:eur",
    "created:2026-10-25 currency:eur,jpy",
    "-is:review",
    "is:review created:>=2026",
    "is:guest",
  ]) {
    const { query, errors } = parseOrderQuery(q, timeZone);
    expect(errors, q).toEqual([]);
    const { sum: sums } = await totalListedOrders(context.db, searching, query);
    expect(sums, q).toEqual(await sumPlainly(context.db, searching, query));
  }
}, 30_000);

test("each figure's search lists as many orders as the figure counts, and sums to it", async () => {
  const shop = await createShop(context.db);
  await live(shop, 41, 40);
  const searching = { id: shop.shopId, timeZone, currency: "EUR" };
  for (const period of [
    allTime,
    parsePeriod(new URLSearchParams("from=2025-12-31&to=2026-10-25"), "2026-11-25"),
  ]) {
    const { now, needsReview } = await readFigures(context.db, searching, period);
    const list = async (q: string) => {
      const parsed = parseOrderQuery(q, timeZone);
      expect(parsed.errors, q).toEqual([]);
      const page = await listOrders(context.db, searching, {
        ...firstPage,
        query: parsed.query,
        limit: 10_000,
      });
      const totals = await totalListedOrders(context.db, searching, parsed.query);
      expect(totals.count, q).toEqual({ count: page.orders.length, exact: true });
      return { count: page.orders.length, sum: totals.sum };
    };
    expect((await list(figureQueries.orders(period))).count).toBe(now.orders);
    expect((await list(figureQueries.activeShipments(period))).count).toBe(now.activeShipments);
    expect((await list(figureQueries.needsReview)).count).toBe(needsReview);
    expect((await list(figureQueries.revenue(period, null))).sum).toEqual(now.revenue);
    for (const total of now.revenue)
      expect((await list(figureQueries.revenue(period, total.currency))).sum).toEqual([total]);
    for (const status of orderStatuses)
      expect((await list(figureQueries.status(period, status))).count).toBe(now.byStatus[status]);
    const kind = now.averageTime?.kind ?? "delivery";
    expect((await list(figureQueries.averageTime(period, kind))).count).toBe(now.averageTime?.orders ?? 0);
  }
}, 30_000);

test("revenue with several currencies is told for each, the shop's own first", async () => {
  const shop = await createShop(context.db, { currency: "USD" });
  for (const currency of ["EUR", "USD", "AUD"]) {
    const fields = { currency, presentment_currency: currency, created_at: "2026-11-20T12:00:00Z" };
    await deliverAndProcess(context, delivery(shop.domain, orderPayload(fields)));
  }
  const { now } = await readFigures(context.db, { id: shop.shopId, currency: "USD" }, allTime);
  expect(now.revenue.map(({ currency }) => currency)).toEqual(["USD", "AUD", "EUR"]);
});
