import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createDb, withShop } from "../../app/db.server.ts";
import { applyOrderEvents } from "../../app/orders/apply-order-events.server.ts";
import { mapOrderPayload } from "../../app/orders/map-order-payload.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { processOpenEvents } from "../../app/webhooks/process-events.server.ts";
import { rerunFailedDelivery } from "../../app/webhooks/webhook-events.server.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import {
  deliverAndProcess,
  delivery,
  nextOrderId,
  orderPayload,
  readDeliveries,
  readOrder,
  readTimeline,
} from "../support/deliveries.ts";

const context = openAppContext();

test("an order is stored once, with its lines' money in minor units and one timeline row", async () => {
  const { shopId, domain } = await createShop(context.db);
  const id = nextOrderId();
  await deliverAndProcess(context, delivery(domain, orderPayload({ id }), { topic: "orders/create" }));
  const order = await readOrder(context, shopId, id);
  expect(order).toMatchObject({
    version: 1,
    status: "PENDING",
    total_minor: "3000",
    shipping_fee_minor: "500",
  });
  if (!order) throw new Error("the order was not stored");
  const timeline = await readTimeline(context, shopId, order.id);
  expect(timeline).toMatchObject([{ version: 1, kind: "created", actor_kind: "shopify" }]);
});

test("a second delivery with the same webhook id is recorded as a duplicate and changes nothing", async () => {
  const { shopId, domain } = await createShop(context.db);
  const id = nextOrderId();
  const webhookId = randomUUID();
  const receipts = await deliverAndProcess(
    context,
    delivery(domain, orderPayload({ id }), { webhookId }),
    delivery(domain, orderPayload({ id, note: "other", updatedAt: "2026-11-02T10:00:00Z" }), { webhookId }),
  );
  expect(receipts).toEqual(["received", "duplicate"]);
  expect(await readDeliveries(context, shopId)).toMatchObject([
    { status: "applied" },
    { status: "duplicate" },
  ]);
  expect(await readOrder(context, shopId, id)).toMatchObject({ version: 1, note: null });
});

test("of duplicates that arrive in the same instant exactly one is applied", async () => {
  const { shopId, domain } = await createShop(context.db);
  const same = delivery(domain, orderPayload());
  const receipts = await Promise.all(Array.from({ length: 40 }, () => context.receive(same)));
  expect(receipts.filter((receipt) => receipt === "received")).toHaveLength(1);
  expect(receipts.filter((receipt) => receipt === "duplicate")).toHaveLength(39);
  expect(await readDeliveries(context, shopId)).toHaveLength(40);
});

test("the same webhook id in two shops is two deliveries", async () => {
  const [first, second] = [await createShop(context.db), await createShop(context.db)];
  const webhookId = randomUUID();
  const receipts = await deliverAndProcess(
    context,
    delivery(first.domain, orderPayload(), { webhookId }),
    delivery(second.domain, orderPayload(), { webhookId }),
  );
  expect(receipts).toEqual(["received", "received"]);
});

test("an older payload is stale and changes nothing", async () => {
  const { shopId, domain } = await createShop(context.db);
  const id = nextOrderId();
  await deliverAndProcess(
    context,
    delivery(domain, orderPayload({ id, updatedAt: "2026-11-01T10:00:05Z", note: "new" })),
    delivery(domain, orderPayload({ id, updatedAt: "2026-11-01T10:00:04Z", note: "old" })),
  );
  expect(await readOrder(context, shopId, id)).toMatchObject({ note: "new", version: 1 });
  expect(await readDeliveries(context, shopId)).toMatchObject([{ status: "applied" }, { status: "stale" }]);
});

test("with equal stamps the delivery that was triggered later wins, in whichever order they come", async () => {
  const { shopId, domain } = await createShop(context.db);
  const updatedAt = "2026-11-01T10:00:05Z";
  for (const order of ["early first", "late first"]) {
    const id = nextOrderId();
    const early = delivery(domain, orderPayload({ id, updatedAt, note: "early" }), {
      triggeredAt: "2026-11-01T10:00:05.100000Z",
    });
    const late = delivery(domain, orderPayload({ id, updatedAt, note: "late" }), {
      triggeredAt: "2026-11-01T10:00:05.100001Z",
    });
    await deliverAndProcess(context, ...(order === "early first" ? [early, late] : [late, early]));
    expect((await readOrder(context, shopId, id))?.note, order).toBe("late");
  }
});

test("with equal stamps the same content is stale", async () => {
  const { shopId, domain } = await createShop(context.db);
  const body = orderPayload();
  await deliverAndProcess(
    context,
    delivery(domain, body, { topic: "orders/create" }),
    delivery(domain, body, { topic: "orders/updated", triggeredAt: "2026-11-01T10:00:09Z" }),
  );
  expect(await readDeliveries(context, shopId)).toMatchObject([{ status: "applied" }, { status: "stale" }]);
});

test("a payload that changes nothing visible is applied without a new version", async () => {
  const { shopId, domain } = await createShop(context.db);
  const id = nextOrderId();
  await deliverAndProcess(
    context,
    delivery(domain, orderPayload({ id, updatedAt: "2026-11-01T10:00:00Z" })),
    delivery(domain, orderPayload({ id, updatedAt: "2026-11-01T11:00:00Z", unknown_key: 7 })),
  );
  expect(await readDeliveries(context, shopId)).toMatchObject([{ status: "applied" }, { status: "applied" }]);
  expect(await readOrder(context, shopId, id)).toMatchObject({ version: 1 });
});

test("a nested address that comes back unchanged is no change", async () => {
  const { shopId, domain } = await createShop(context.db);
  const id = nextOrderId();
  const shipping_address = {
    zip: "10115",
    city: "Berlin",
    address1: "Weg 1",
    country: "Germany",
    country_code: "DE",
    name: "A B",
  };
  await deliverAndProcess(context, delivery(domain, orderPayload({ id, shipping_address })));
  await deliverAndProcess(
    context,
    delivery(domain, orderPayload({ id, shipping_address, updatedAt: "2026-11-02T10:00:00Z" })),
  );
  expect(await readOrder(context, shopId, id)).toMatchObject({ version: 1 });
});

test("a deleted order leaves a tombstone that a late update cannot revive", async () => {
  const { shopId, domain } = await createShop(context.db);
  const id = nextOrderId();
  await deliverAndProcess(
    context,
    delivery(domain, orderPayload({ id })),
    delivery(domain, `{"id":${id}}`, { topic: "orders/delete" }),
    delivery(domain, orderPayload({ id, updatedAt: "2026-12-01T10:00:00Z", note: "late" })),
  );
  const order = await readOrder(context, shopId, id);
  expect(order).toMatchObject({ note: null, version: 2 });
  expect(order?.deleted_at).not.toBeNull();
  expect(await readDeliveries(context, shopId)).toMatchObject([
    { status: "applied" },
    { status: "applied" },
    { status: "ignored" },
  ]);
});

test("the deletion of an order never seen also keeps a late update out", async () => {
  const { shopId, domain } = await createShop(context.db);
  const id = "820982911946154508";
  await deliverAndProcess(context, delivery(domain, `{"id":${id}}`, { topic: "orders/delete" }));
  await deliverAndProcess(context, delivery(domain, orderPayload({ id })));
  expect(await readOrder(context, shopId, id)).toBeUndefined();
});

test("any order topic may be the first we see of an order", async () => {
  const { shopId, domain } = await createShop(context.db);
  for (const topic of [
    "orders/paid",
    "orders/cancelled",
    "orders/fulfilled",
    "orders/partially_fulfilled",
    "orders/updated",
  ]) {
    const id = nextOrderId();
    await deliverAndProcess(context, delivery(domain, orderPayload({ id }), { topic }));
    expect(await readOrder(context, shopId, id), topic).toMatchObject({ version: 1 });
  }
});

test("a delta topic is ignored, because an update with the new state comes beside it", async () => {
  const { shopId, domain } = await createShop(context.db);
  await deliverAndProcess(
    context,
    delivery(domain, `{"order_edit":{"order_id":1}}`, { topic: "orders/edited" }),
  );
  expect(await readDeliveries(context, shopId)).toMatchObject([{ status: "ignored" }]);
});

test("a delivery for an unknown shop is recorded and creates nothing", async () => {
  expect(await context.receive(delivery("stranger.myshopify.com", orderPayload()))).toBe("ignored");
});

test("a bad payload fails alone, three times, and never blocks the others of its batch", async () => {
  const { shopId, domain } = await createShop(context.db);
  const good = [nextOrderId(), nextOrderId(), nextOrderId()];
  await context.receive(delivery(domain, orderPayload({ id: good[0] })));
  await context.receive(delivery(domain, orderPayload({ total_price: "twelve" })));
  await context.receive(delivery(domain, orderPayload({ id: good[1] })));
  // This one parses and is refused by the database: the quantity times the price does not fit a bigint.
  await context.receive(delivery(domain, orderPayload({ total_price: "99999999999999999999.00" })));
  await context.receive(delivery(domain, orderPayload({ id: good[2] })));
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await context.db.sql.begin(async (sql) => {
      await sql`select set_config('app.scope', 'system', true)`;
      await sql`update webhook_events set next_attempt_at = now() where status = 'received'`;
    });
    await deliverAndProcess(context);
  }
  const deliveries = await readDeliveries(context, shopId);
  expect(deliveries.map(({ status }) => status)).toEqual([
    "applied",
    "failed",
    "applied",
    "failed",
    "applied",
  ]);
  expect(deliveries[1]).toMatchObject({ attempts: 3, error: "An amount is not a decimal number." });
  expect(deliveries[3]).toMatchObject({ attempts: 3, error: expect.stringContaining("22003") });
  for (const id of good) expect(await readOrder(context, shopId, id)).toMatchObject({ version: 1 });
});

test("a failed delivery can be run again: all its attempts anew, and the order is there", async () => {
  const { shopId, domain } = await createShop(context.db);
  await deliverAndProcess(context, delivery(domain, orderPayload({ total_price: "twelve" })));
  const [failing] = await readDeliveryIds(shopId);
  await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`update webhook_events set status = 'failed', attempts = 3`,
  );
  const stranger = await createShop(context.db);
  expect(await rerunFailedDelivery(context.db, context.queue, stranger.shopId, failing ?? "")).toBe(false);
  await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`update webhook_events set body = replace(body, 'twelve', '12.00')`,
  );
  expect(await rerunFailedDelivery(context.db, context.queue, shopId, failing ?? "")).toBe(true);
  expect(await readDeliveries(context, shopId)).toMatchObject([{ status: "received", attempts: 0 }]);
  await deliverAndProcess(context);
  expect(await readDeliveries(context, shopId)).toMatchObject([{ status: "applied" }]);
  expect(await rerunFailedDelivery(context.db, context.queue, shopId, failing ?? "")).toBe(false);
});

async function readDeliveryIds(shopId: ShopId): Promise<string[]> {
  const rows = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ id: string }[]>`select id from webhook_events`,
  );
  return rows.map(({ id }) => id);
}

test("an outage in the middle of a batch counts no attempt and splits nothing", async () => {
  const { shopId, domain } = await createShop(context.db);
  for (let count = 0; count < 3; count += 1) await context.receive(delivery(domain, orderPayload()));
  // A lock that times out is the database's doing, not the payload's.
  const impatient = createDb(`${context.url}?lock_timeout=200`, { max: 2, name: "impatient" });
  const blocked = context.db.sql.begin(async (sql) => {
    await sql`select set_config('app.shop_id', ${shopId}, true)`;
    await sql`lock table orders in exclusive mode`;
    await expect(
      processOpenEvents(impatient, context.queue, { lanes: 2, stopping: new AbortController().signal }),
    ).rejects.toThrow();
  });
  await blocked;
  await impatient.close();
  expect((await readDeliveries(context, shopId)).map(({ status, attempts }) => [status, attempts])).toEqual(
    Array.from({ length: 3 }, () => ["received", 0]),
  );
  await deliverAndProcess(context);
  expect((await readDeliveries(context, shopId)).map(({ status }) => status)).toEqual([
    "applied",
    "applied",
    "applied",
  ]);
});

test("eight payloads of a new order at once leave the newest, with one version for each change", async () => {
  const { shopId } = await createShop(context.db);
  const id = nextOrderId();
  const apply = (minute: number) =>
    withShop(context.db, shopId, (tx) => {
      const body = orderPayload({ id, updatedAt: `2026-11-01T10:0${minute}:00Z`, note: `n${minute}` });
      const arrival = { triggeredUs: minute, contentHash: String(minute) };
      const event = {
        key: minute,
        kind: "payload" as const,
        order: mapOrderPayload(JSON.parse(body)),
        arrival,
      };
      return applyOrderEvents(tx, shopId, [{ ...event, webhookEventId: null }]);
    });
  // Without the lock on an order that is not stored yet, all but one would fail on the unique key.
  await Promise.all(Array.from({ length: 8 }, (_, minute) => apply(minute)));
  const order = await readOrder(context, shopId, id);
  expect(order?.note).toBe("n7");
  if (!order) throw new Error("the order was not stored");
  expect(await readTimeline(context, shopId, order.id)).toHaveLength(order.version);
});

test("lines with the same id, or none, are kept as they come", async () => {
  const { shopId, domain } = await createShop(context.db);
  const id = nextOrderId();
  const line = { title: "Mug", quantity: 1, price: "1.00" };
  await deliverAndProcess(
    context,
    delivery(domain, orderPayload({ id, line_items: [{ ...line, id: 5 }, { ...line, id: 5 }, line] })),
  );
  const lines = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`select shopify_line_id from order_lines order by position`,
  );
  expect(lines.map((row) => row.shopify_line_id)).toEqual(["5", "5", null]);
});

test("a stored reason says where a payload is wrong and quotes nothing of it", async () => {
  const { shopId, domain } = await createShop(context.db);
  await deliverAndProcess(
    context,
    delivery(domain, orderPayload({ customer: { id: "secret@example.com" } })),
  );
  const [row] = await readDeliveries(context, shopId);
  expect(row?.error).toContain("customer.id");
  expect(row?.error).not.toContain("secret");
});

test("one delivery that PostgreSQL refuses does not spoil the commit of those beside it", async () => {
  const { domain } = await createShop(context.db);
  const spoiled = { ...delivery(domain, orderPayload()), triggeredAt: "2026-02-30T00:00:00Z" };
  const good = delivery(domain, orderPayload());
  const outcomes = await Promise.allSettled([context.receive(spoiled), context.receive(good)]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});

test("text that PostgreSQL cannot store arrives as the replacement character", async () => {
  const { shopId, domain } = await createShop(context.db);
  const id = nextOrderId();
  await deliverAndProcess(
    context,
    delivery(domain, orderPayload({ id }).replace('"note":null', String.raw`"note":"a\u0000b\ud800c"`)),
  );
  expect((await readOrder(context, shopId, id))?.note).toBe("a\uFFFDb\uFFFDc");
});
