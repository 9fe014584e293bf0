import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { reconcileOrders } from "../../app/orders/reconcile-orders.server.ts";
import { requestReconciliation } from "../../app/orders/schedule-reconciliation.server.ts";
import { installShop } from "../../app/shops/install-shop.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import type { TokenContext } from "../../app/shops/shop-tokens.server.ts";
import { uninstallShop } from "../../app/shops/uninstall-shop.server.ts";
import { stringifyLosslessJson } from "../shopify-simulator/lossless-json.ts";
import { openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, fulfillmentEvent, readOrder } from "../support/deliveries.ts";
import { openSimulatedShopify } from "../support/simulated-shopify.ts";

const context = openAppContext();
const simulated = openSimulatedShopify();
const encryptionKey = randomBytes(32);
const never = new AbortController().signal;

async function installedShop(name: string) {
  const domain = `${name}.myshopify.com`;
  const tokens = { db: context.db, shopify: simulated.shopify, encryptionKey };
  const shop = await installShop(tokens, context.queue, domain, simulated.sessionToken(domain));
  await simulated.client.setGraphql({ restoreRate: 100_000 });
  return { domain, shopId: shop.id, tokens, reconcile: () => reconcileOrders(tokens, shop.id, never) };
}

const silent = { silent: true };

test("orders whose deliveries never came are fetched", async () => {
  const { domain, shopId, reconcile } = await installedShop("dropped");
  const order = await simulated.client.createOrder(domain, {}, silent);
  await reconcile();
  expect(await readOrder(context, shopId, String(order.id))).toMatchObject({ version: 1 });
});

test("an order read from GraphQL equals the same order from its webhook, field for field", async () => {
  const { domain, shopId, reconcile } = await installedShop("twice");
  const created = await simulated.client.createOrders(domain, 25, {}, silent);
  await reconcile();
  for (const { id } of created) {
    const before = await readOrder(context, shopId, String(id));
    const payload = stringifyLosslessJson(await simulated.client.getOrder(domain, id));
    await deliverAndProcess(context, delivery(domain, payload, { triggeredAt: new Date().toISOString() }));
    const {
      last_content_hash: _1,
      last_triggered_at: _2,
      last_webhook_event_id: _3,
      updated_at: _4,
      ...after
    } = {
      ...(await readOrder(context, shopId, String(id))),
    } as Record<string, unknown>;
    expect(before).toMatchObject(after);
  }
});

test("delivery times are exact where GraphQL tells them, and neither webhook nor event changes them", async () => {
  const { domain, shopId, reconcile } = await installedShop("arrived");
  const { id } = await simulated.client.createOrder(domain, {}, silent);
  await simulated.client.act(domain, id, "fulfil", silent);
  const now = Date.now();
  const [inTransitAt, deliveredAt] = [new Date(now - 7_200_000), new Date(now - 3_600_000)];
  await simulated.client.act(domain, id, "deliver", { inTransitAt, deliveredAt, ...silent });
  await reconcile();
  const fromGraphql = await readShipments(shopId);
  const wholeSecond = Math.floor(deliveredAt.getTime() / 1000) * 1000;
  expect(fromGraphql.map((row) => Date.parse(row.delivered_at))).toEqual([wholeSecond]);
  expect(fromGraphql).toMatchObject([{ delivered_by_event: true, last_event_status: "delivered" }]);

  const order = await simulated.client.getOrder(domain, id);
  const triggeredAt = new Date().toISOString();
  await deliverAndProcess(
    context,
    delivery(domain, stringifyLosslessJson(order), { triggeredAt }),
    ...(["in_transit", "delivered"] as const).map((status, index) =>
      delivery(
        domain,
        fulfillmentEvent({
          id: String(id),
          fulfillment: order.fulfillments[0]?.id,
          status,
          happenedAt: new Date(index === 0 ? inTransitAt : wholeSecond).toISOString(),
        }),
        { topic: "fulfillment_events/create" },
      ),
    ),
  );
  expect(await readShipments(shopId)).toEqual(fromGraphql);
  expect(await readOrder(context, shopId, String(id))).toMatchObject({ version: 1 });
});

test("an order of more shipments than one answer holds is read with all of them", async () => {
  const { domain, shopId, reconcile } = await installedShop("parcels");
  const line = { quantity: 23, price: "10.00" };
  const { id } = await simulated.client.createOrder(domain, { lines: [line] }, silent);
  for (let parcel = 1; parcel <= 23; parcel += 1)
    await simulated.client.act(domain, id, "fulfil", { partial: true, ...silent });
  await reconcile();
  expect(await readShipments(shopId)).toHaveLength(23);
});

function readShipments(shopId: ShopId) {
  return withShop(context.db, shopId, async (tx) => [
    ...(await tx.sql`select * from order_shipments where shop_id = ${shopId}`),
  ]);
}

test("what is here already is left alone, and the high-water mark moves on", async () => {
  const { domain, shopId, reconcile } = await installedShop("quiet");
  await simulated.client.createOrder(domain, {}, silent);
  await reconcile();
  const [first, changes] = [await readMark(shopId), await readChanges(shopId)];
  await reconcile();
  expect(Date.parse(await readMark(shopId))).toBeGreaterThan(Date.parse(first));
  expect(await readChanges(shopId)).toBe(changes);
});

test("a change that was missed is found, a deleted order stays deleted", async () => {
  const { domain, shopId, reconcile } = await installedShop("missed");
  const [changed, deleted] = await simulated.client.createOrders(domain, 2, {}, silent);
  if (!changed || !deleted) throw new Error("two orders were asked for");
  await reconcile();
  await deliverAndProcess(context, delivery(domain, `{"id":${deleted.id}}`, { topic: "orders/delete" }));
  // The platform stamps whole seconds, so the change must not fall into the creation's.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await simulated.client.act(domain, changed.id, "note", { note: "from the phone", ...silent });
  await simulated.client.act(domain, deleted.id, "note", { note: "late", ...silent });
  await reconcile();
  expect(await readOrder(context, shopId, String(changed.id))).toMatchObject({
    note: "from the phone",
    version: 2,
  });
  expect((await readOrder(context, shopId, String(deleted.id)))?.deleted_at).not.toBeNull();
});

test("a shop that has uninstalled the app is left alone", async () => {
  const { shopId, reconcile } = await installedShop("gone");
  await withShop(context.db, shopId, (tx) => uninstallShop(tx, shopId, null));
  await expect(reconcile()).resolves.toBe("done");
});

test("asking twenty times adds one job", async () => {
  const { shopId } = await installedShop("impatient");
  for (let ask = 0; ask < 20; ask += 1) await requestReconciliation(context.db, context.queue, shopId);
  const [row] = await context.db.sql`
    select count(*)::int as jobs from pgboss.job where name = 'reconcile-orders' and data->>'shopId' = ${shopId}`;
  expect(row?.jobs).toBe(1);
});

test("a run that is stopped says that there is more, keeps what it has, and the next one fetches the rest", async () => {
  const { domain, shopId, reconcile, tokens } = await installedShop("stopped");
  await simulated.client.createOrders(domain, 3, {}, silent);
  const stopped = new AbortController();
  const stopping: TokenContext = {
    ...tokens,
    shopify: {
      ...tokens.shopify,
      query: (...call) => {
        if (call[1].includes("OrderWithLines")) stopped.abort();
        return tokens.shopify.query(...call);
      },
    },
  };
  expect(await reconcileOrders(stopping, shopId, stopped.signal)).toBe("unfinished");
  const count = () => withShop(context.db, shopId, async (tx) => (await tx.sql`select from orders`).length);
  expect(await count()).toBe(1);
  expect(await reconcile()).toBe("done");
  expect(await count()).toBe(3);
});

test("being throttled only takes longer", async () => {
  const { domain, shopId, reconcile } = await installedShop("throttled");
  const order = await simulated.client.createOrder(domain, {}, silent);
  await simulated.client.setGraphql({ nextThrottled: 2 });
  await reconcile();
  expect(await readOrder(context, shopId, String(order.id))).toMatchObject({ version: 1 });
});

async function readMark(shopId: ShopId): Promise<string> {
  const [row] = await withShop(context.db, shopId, (tx) => tx.sql`select reconciled_until from shops`);
  return row?.reconciled_until;
}

async function readChanges(shopId: ShopId): Promise<number> {
  const [row] = await withShop(context.db, shopId, (tx) => tx.sql`select last_change from shop_changes`);
  return Number(row?.last_change);
}
