import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { installShop } from "../../app/shops/install-shop.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { refreshShop } from "../../app/shops/shop-details.server.ts";
import { uninstallShop } from "../../app/shops/uninstall-shop.server.ts";
import { openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, readDeliveries } from "../support/deliveries.ts";
import { openSimulatedShopify } from "../support/simulated-shopify.ts";

const context = openAppContext();
const simulated = openSimulatedShopify();
const encryptionKey = randomBytes(32);
const tokens = () => ({ db: context.db, shopify: simulated.shopify, encryptionKey });

async function install(domain: string): Promise<ShopId> {
  const shop = await installShop(tokens(), context.queue, domain, simulated.sessionToken(domain));
  return shop.id;
}

const refresh = (shopId: ShopId) => refreshShop(tokens(), context.queue, shopId);

async function readTerms(shopId: ShopId) {
  const [row] = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`select name, currency, time_zone from shops`,
  );
  return row;
}

async function countJobs(name: string, shopId: ShopId): Promise<number> {
  const [row] = await context.db.sql`
    select count(*)::int as jobs from pgboss.job where name = ${name} and data->>'shopId' = ${shopId}`;
  return row?.jobs;
}

test("a new time zone or currency is taken over, and the figures are counted anew, once for both", async () => {
  const domain = "moves.myshopify.com";
  const shopId = await install(domain);
  await simulated.client.changeShop(domain, { timeZone: "America/New_York" });
  await refresh(shopId);
  expect(await countJobs("rebuild-desk", shopId)).toBe(1);
  await simulated.client.changeShop(domain, { currency: "USD" });
  await refresh(shopId);
  expect(await readTerms(shopId)).toMatchObject({ currency: "USD", time_zone: "America/New_York" });
  expect(await countJobs("rebuild-desk", shopId)).toBe(1);
});

test("a new name needs no counting, and the same again changes nothing", async () => {
  const domain = "renamed.myshopify.com";
  const shopId = await install(domain);
  await simulated.client.changeShop(domain, { name: "New name" });
  await refresh(shopId);
  await refresh(shopId);
  expect(await readTerms(shopId)).toMatchObject({ name: "New name" });
  expect(await countJobs("rebuild-desk", shopId)).toBe(0);
  const [changes] = await withShop(context.db, shopId, (tx) => tx.sql`select last_change from shop_changes`);
  expect(changes?.last_change).toBe("1");
});

test("a shop that has uninstalled the app is not asked", async () => {
  const domain = "left.myshopify.com";
  const shopId = await install(domain);
  await withShop(context.db, shopId, (tx) => uninstallShop(tx, shopId, null));
  await expect(refresh(shopId)).resolves.toBeUndefined();
});

test("a shop/update asks for the details, whatever it says itself", async () => {
  const domain = "tells.myshopify.com";
  const shopId = await install(domain);
  const before = await readTerms(shopId);
  const topic = "shop/update";
  await deliverAndProcess(context, delivery(domain, `{"id":1,"currency":"XXX"}`, { topic }));
  expect(await readDeliveries(context, shopId)).toMatchObject([{ topic, status: "applied", error: null }]);
  expect(await readTerms(shopId)).toEqual(before);
  expect(await countJobs("reconcile-orders", shopId)).toBe(1);
});

test("a shop that comes back with another time zone is counted anew", async () => {
  const domain = "returns.myshopify.com";
  const shopId = await install(domain);
  await withShop(context.db, shopId, (tx) => uninstallShop(tx, shopId, null));
  await simulated.client.changeShop(domain, { timeZone: "Asia/Tokyo" });
  expect(await install(domain)).toBe(shopId);
  expect(await readTerms(shopId)).toMatchObject({ time_zone: "Asia/Tokyo" });
  expect(await countJobs("rebuild-desk", shopId)).toBe(1);
});
