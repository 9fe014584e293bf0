import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { applyOrderEvents } from "../../app/orders/apply-order-events.server.ts";
import { mapFulfillmentEvent, mapOrderPayload } from "../../app/orders/map-order-payload.ts";
import { findOrder } from "../../app/orders/orders.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import {
  deliverAndProcess,
  delivery,
  type FulfillmentEventOptions,
  fulfillmentEvent,
  nextOrderId,
  orderPayload,
  readDeliveries,
  readOrder,
  readTimeline,
} from "../support/deliveries.ts";
import { openRecordingDb } from "../support/recorded-statements.ts";

const context = openAppContext();
const topic = "fulfillment_events/create";
const left = "2026-11-02T08:00:00.000Z";
const arrived = "2026-11-04T15:30:00.000Z";
const heard = "2026-11-04T16:00:00.000Z";

/** A shop with the id of an order of its own, and how Shopify tells of that order. */
async function openOrder() {
  const { shopId, domain } = await createShop(context.db);
  const id = nextOrderId();
  let second = 0;
  const payload = (...fulfillments: object[]) => {
    second += 1;
    const updatedAt = `2026-11-05T10:00:0${second}Z`;
    const fields = { fulfillment_status: "fulfilled", fulfillments };
    return delivery(domain, orderPayload({ id, updatedAt, ...fields }), { triggeredAt: updatedAt });
  };
  const event = (happenedAt: string, options: Partial<FulfillmentEventOptions> = {}) =>
    delivery(domain, fulfillmentEvent({ id, happenedAt, ...options }), { topic });
  const tell = (...deliveries: ReturnType<typeof delivery>[]) => deliverAndProcess(context, ...deliveries);
  return { shopId, domain, id, payload, event, tell, read: () => readTimes(shopId, id) };
}

const shipment = (fields: object = {}) => ({
  id: 1,
  status: "success",
  created_at: left,
  updated_at: heard,
  ...fields,
});
const delivered = (fields: object = {}) => shipment({ shipment_status: "delivered", ...fields });

async function readTimes(shopId: ShopId, id: string) {
  const order = await readOrder(context, shopId, id);
  const iso = (text: string | null | undefined) => text && new Date(text).toISOString();
  return { version: order?.version, shipped: iso(order?.shipped_at), delivered: iso(order?.delivered_at) };
}

async function readStory(shopId: ShopId, id: string) {
  const order = await readOrder(context, shopId, id);
  if (!order) throw new Error("the order was not stored");
  return readTimeline(context, shopId, order.id);
}

test("an event says when a shipment was delivered: a new version, a timeline row, the exact time", async () => {
  const { shopId, id, payload, event, tell, read } = await openOrder();
  await tell(payload(shipment()), event(arrived));
  expect(await read()).toEqual({ version: 2, shipped: left, delivered: arrived });
  expect((await readStory(shopId, id)).at(-1)).toMatchObject({
    version: 2,
    kind: "shipment",
    actor_kind: "shopify",
    changes: {
      shipment: { from: "shipped", to: "delivered" },
      deliveredAt: { from: null, to: arrived },
    },
  });
});

test("the event's time replaces the one at which a payload first said so, and no payload takes it back", async () => {
  const { payload, event, tell, read } = await openOrder();
  await tell(payload(delivered()));
  expect(await read()).toEqual({ version: 1, shipped: left, delivered: heard });
  await tell(payload(delivered({ updated_at: "2026-11-09T10:00:00Z" })));
  expect(await read()).toMatchObject({ version: 1, delivered: heard });
  await tell(event(arrived));
  expect(await read()).toMatchObject({ version: 2, delivered: arrived });
  await tell(payload(delivered({ updated_at: "2026-11-10T10:00:00Z" })), payload(shipment()));
  expect(await read()).toMatchObject({ version: 2, delivered: arrived });
});

test("a payload that takes its word back, without any event, takes the delivery back", async () => {
  const { payload, tell, read } = await openOrder();
  await tell(payload(delivered()), payload(shipment()));
  expect(await read()).toEqual({ version: 2, shipped: left, delivered: null });
});

test("an event before its order, or before its fulfilment, counts once that is here", async () => {
  const early = await openOrder();
  await early.tell(early.event(arrived));
  expect(await early.read()).toMatchObject({ version: undefined });
  await early.tell(early.payload(shipment()));
  expect(await early.read()).toEqual({ version: 1, shipped: left, delivered: arrived });

  const unnamed = await openOrder();
  await unnamed.tell(unnamed.payload(), unnamed.event(arrived));
  expect(await unnamed.read()).toEqual({ version: 1, shipped: null, delivered: null });
  await unnamed.tell(unnamed.payload(shipment()));
  expect(await unnamed.read()).toEqual({ version: 2, shipped: left, delivered: arrived });
});

test("in whichever order the events come, the first delivery and the latest word stay", async () => {
  const events = [
    { status: "in_transit", happenedAt: "2026-11-03T08:00:00.000Z" },
    { status: "delivered", happenedAt: arrived },
    { status: "delivered", happenedAt: "2026-11-05T09:00:00.000Z" },
    { status: "out_for_delivery", happenedAt: "2026-11-04T09:00:00.000Z" },
  ];
  for (let turn = 0; turn < events.length; turn += 1) {
    const { shopId, id, payload, event, tell, read } = await openOrder();
    const turned = [...events.slice(turn), ...events.slice(0, turn)];
    await tell(payload(shipment()), ...turned.map(({ happenedAt, ...rest }) => event(happenedAt, rest)));
    expect(await read(), `turned by ${turn}`).toMatchObject({ shipped: left, delivered: arrived });
    const [row] = await readShipments(shopId);
    expect(row, `turned by ${turn}`).toMatchObject({ last_event_status: "delivered" });
    const versions = (await readStory(shopId, id)).map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  }
});

test("an order, its payloads and its events at once leave the first delivery, a version for each change", async () => {
  const { shopId } = await createShop(context.db);
  const id = nextOrderId();
  const payload = (minute: number) => {
    const updatedAt = `2026-11-05T10:0${minute}:00Z`;
    const fulfillments = [minute > 1 ? delivered() : shipment()];
    return {
      kind: "payload" as const,
      order: mapOrderPayload(JSON.parse(orderPayload({ id, updatedAt, fulfillments }))),
      arrival: { triggeredUs: minute, contentHash: String(minute) },
    };
  };
  const event = (hour: number) => ({
    kind: "shipment" as const,
    ...mapFulfillmentEvent(JSON.parse(fulfillmentEvent({ id, happenedAt: `2026-11-04T1${hour}:00:00Z` }))),
  });
  const told = [0, 1, 2, 3].flatMap((turn) => [payload(turn), event(turn)]);
  await Promise.all(
    told.map((one, key) =>
      withShop(context.db, shopId, (tx) =>
        applyOrderEvents(tx, shopId, [{ ...one, key, webhookEventId: null }]),
      ),
    ),
  );
  const { version, ...times } = await readTimes(shopId, id);
  expect(times).toEqual({ shipped: left, delivered: "2026-11-04T10:00:00.000Z" });
  expect(await readStory(shopId, id)).toHaveLength(version ?? 0);
});

test("thirty orders with two events each are read and written as sets, one without any writes no shipment", async () => {
  const { shopId } = await createShop(context.db);
  const recording = openRecordingDb(context.url);
  const count = async (orders: number, fulfillments: object[]) => {
    const ids = Array.from({ length: orders }, () => nextOrderId());
    const arrival = { triggeredUs: 1, contentHash: "1" };
    const told = ids.flatMap((id) => [
      {
        kind: "payload" as const,
        order: mapOrderPayload(JSON.parse(orderPayload({ id, fulfillments }))),
        arrival,
      },
      ...fulfillments.flatMap(() =>
        [left, arrived].map((happenedAt) => ({
          kind: "shipment" as const,
          ...mapFulfillmentEvent(JSON.parse(fulfillmentEvent({ id, happenedAt }))),
        })),
      ),
    ]);
    await withShop(recording.db, shopId, (tx) =>
      applyOrderEvents(
        tx,
        shopId,
        told.map((one, key) => ({ ...one, key, webhookEventId: null })),
      ),
    );
    return recording.takeStatements().map(({ text }) => text);
  };
  await count(1, [shipment()]);
  const [one, thirty, none] = [
    await count(1, [shipment()]),
    await count(30, [shipment()]),
    await count(1, []),
  ];
  await recording.db.close();
  expect(thirty).toHaveLength(one.length);
  expect(none).toHaveLength(one.length - 1);
  expect(none.filter((text) => text.includes("order_shipments"))).toHaveLength(1);
});

test("a repeated event, and one that moves nothing a merchant sees, raise no version", async () => {
  const { shopId, payload, event, tell, read } = await openOrder();
  await tell(payload(shipment()), event(arrived), event(arrived));
  expect(await read()).toMatchObject({ version: 2 });
  expect((await readDeliveries(context, shopId)).at(-1)).toMatchObject({ status: "stale" });
  await tell(event("2026-11-03T08:00:00Z", { status: "in_transit" }), event("2026-11-06T08:00:00Z"));
  expect(await read()).toMatchObject({ version: 2, delivered: arrived });
});

test("each scan on the way is the same news, the next word is not", async () => {
  const { shopId, id, payload, event, tell, read } = await openOrder();
  const scan = (happenedAt: string) => event(happenedAt, { status: "in_transit" });
  await tell(payload(shipment()), scan("2026-11-02T20:00:00Z"), scan("2026-11-03T06:00:00Z"));
  expect(await read()).toMatchObject({ version: 2 });
  await tell(event("2026-11-04T07:00:00Z", { status: "out_for_delivery" }));
  const words = (await readStory(shopId, id)).flatMap(({ changes }) => changes.shipment?.to ?? []);
  expect(words).toEqual(["in_transit", "out_for_delivery"]);
});

test("a cancelled shipment counts no more, and a late event does not bring it back", async () => {
  const { payload, event, tell, read } = await openOrder();
  await tell(payload(shipment()), event(arrived), payload(shipment({ status: "cancelled" })));
  expect(await read()).toMatchObject({ version: 3, shipped: null, delivered: null });
  await tell(event("2026-11-04T10:00:00Z"));
  expect(await read()).toMatchObject({ version: 3, shipped: null, delivered: null });
});

test("an order of two shipments is delivered when the second is, from when the first left", async () => {
  const { shopId, id, payload, event, tell, read } = await openOrder();
  const second = shipment({ id: 2, created_at: "2026-11-03T08:00:00Z", tracking_number: "T2" });
  await tell(payload(shipment(), second), event(arrived));
  expect(await read()).toMatchObject({ version: 2, shipped: left, delivered: null });
  await tell(event("2026-11-06T10:00:00.000Z", { fulfillment: 2 }));
  expect(await read()).toMatchObject({ version: 3, shipped: left, delivered: "2026-11-06T10:00:00.000Z" });
  // Another tracking number of the first changes nothing of the order's own, and still is a change.
  await tell(payload(shipment({ tracking_number: "T1" }), second));
  expect((await readStory(shopId, id)).at(-1)).toMatchObject({
    version: 4,
    changes: { shipments: { from: 2, to: 2 } },
  });
});

test("a merchant's save beside an event does not hold it off, and both are kept", async () => {
  const { shopId, id, payload, event, tell } = await openOrder();
  await tell(payload(shipment()));
  const order = await readOrder(context, shopId, id);
  await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`update orders set note = 'mine', version = version + 1 where id = ${order?.id ?? ""}`,
  );
  await tell(event(arrived));
  expect(await readOrder(context, shopId, id)).toMatchObject({ note: "mine", version: 3 });
});

test("where something happened is not stored, nor a link that is not safe", async () => {
  const { shopId, payload, event, tell } = await openOrder();
  await tell(payload(shipment({ tracking_url: "javascript:alert(1)" })), event(arrived));
  const [row] = await readShipments(shopId);
  expect(row).toMatchObject({ tracking_url: null, status: "success" });
  expect(JSON.stringify(row)).not.toMatch(/Berlin|Linden|neighbour/);
});

test("the order page lists the shipments that Shopify names, oldest first", async () => {
  const { shopId, id, payload, event, tell } = await openOrder();
  const tracking_url = "https://carrier.example/track?n=T2";
  const second = shipment({ id: 2, created_at: "2026-11-03T08:00:00Z", tracking_number: "T2", tracking_url });
  await tell(payload(second, shipment()), event(arrived, { fulfillment: 3 }));
  const order = await readOrder(context, shopId, id);
  const detail = order && (await findOrder(context.db, shopId, order.id));
  expect(detail?.shipments).toMatchObject([
    { shopifyFulfillmentId: "1", shippedAt: left, deliveredAt: null },
    { shopifyFulfillmentId: "2", trackingNumber: "T2", trackingUrl: tracking_url },
  ]);
});

test("an event of a deleted order changes nothing, and one that came before the deletion is forgotten", async () => {
  const { shopId, domain, id, payload, event, tell, read } = await openOrder();
  const deletion = delivery(domain, `{"id":${id}}`, { topic: "orders/delete" });
  await tell(payload(shipment()), deletion, event(arrived));
  expect(await read()).toMatchObject({ version: 2, delivered: null });
  const unseen = await openOrder();
  await unseen.tell(unseen.event(arrived));
  expect(await readShipments(unseen.shopId)).toHaveLength(1);
  const goodbye = delivery(unseen.domain, `{"id":${unseen.id}}`, { topic: "orders/delete" });
  await unseen.tell(goodbye, unseen.event("2026-11-06T10:00:00Z"));
  expect(await readShipments(unseen.shopId)).toEqual([]);
  expect((await readDeliveries(context, shopId)).at(-1)).toMatchObject({ status: "ignored" });
});

test("an event that does not say what happened to which shipment fails alone", async () => {
  const { shopId, domain, payload, event, tell, read } = await openOrder();
  const bad = delivery(domain, `{"status":"delivered","happened_at":"${arrived}"}`, { topic });
  await tell(payload(shipment()), bad, event(arrived));
  expect(await read()).toMatchObject({ version: 2, delivered: arrived });
  const [, failed] = await readDeliveries(context, shopId);
  expect(failed).toMatchObject({ status: "received", attempts: 1 });
  expect(failed?.error).toContain("fulfillment_id");
});

test("the same fulfilment id in another shop is another shipment", async () => {
  const [mine, theirs] = [await openOrder(), await openOrder()];
  await mine.tell(mine.payload(shipment()), theirs.payload(shipment()));
  const event = fulfillmentEvent({ id: mine.id, happenedAt: arrived });
  // An event of my order that names their shop: their signature, so their tenant, where no such order is.
  await mine.tell(delivery(theirs.domain, event, { topic }));
  expect(await mine.read()).toMatchObject({ version: 1, delivered: null });
  expect(await theirs.read()).toMatchObject({ version: 1, delivered: null });
});

test("an order delivered before its shipments were kept keeps the time it was first heard of", async () => {
  const { shopId, payload, tell, read } = await openOrder();
  await tell(payload(delivered()));
  await withShop(context.db, shopId, (tx) => tx.sql`delete from order_shipments where shop_id = ${shopId}`);
  await tell(payload(delivered({ updated_at: "2026-11-09T10:00:00Z" })));
  expect(await read()).toMatchObject({ delivered: heard });
});

function readShipments(shopId: ShopId) {
  return withShop(
    context.db,
    shopId,
    (tx) => tx.sql`select * from order_shipments where shop_id = ${shopId}`,
  );
}
