import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
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
  expect(deliveries[1]).toMatchObject({ attempts: 3, error: expect.stringContaining("decimal amount") });
  expect(deliveries[3]).toMatchObject({ attempts: 3, error: expect.stringContaining("22003") });
  for (const id of good) expect(await readOrder(context, shopId, id)).toMatchObject({ version: 1 });
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
