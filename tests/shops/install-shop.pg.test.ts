import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { withShop, withShopDomain, withSystem } from "../../app/db.server.ts";
import { AccessTokenRefused, InvalidSessionToken, type Shopify } from "../../app/shopify.server.ts";
import { installShop } from "../../app/shops/install-shop.server.ts";
import {
  queryShop,
  replaceLostTokens,
  requireAccessToken,
  type TokenContext,
} from "../../app/shops/shop-tokens.server.ts";
import { confirmInstallation, readShop } from "../../app/shops/shops.server.ts";
import { identifyStaff } from "../../app/shops/staff.server.ts";
import { uninstallShop } from "../../app/shops/uninstall-shop.server.ts";
import { openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, orderPayload, readDeliveries } from "../support/deliveries.ts";
import { openSimulatedShopify } from "../support/simulated-shopify.ts";

const context = openAppContext();
const simulated = openSimulatedShopify();
const encryptionKey = randomBytes(32);

const tokens = (shopify: Shopify = simulated.shopify): TokenContext => ({
  db: context.db,
  shopify,
  encryptionKey,
});
const install = (domain: string) =>
  installShop(tokens(), context.queue, domain, simulated.sessionToken(domain));
let shopNumber = 0;
const newDomain = () => `install-${++shopNumber}.myshopify.com`;

test("the first authenticated request installs the shop with its own details and asks for its orders", async () => {
  const shop = await install("northwind-demo.myshopify.com");
  expect(shop).toMatchObject({ name: "Northwind Demo", currency: "USD", timeZone: "America/New_York" });
  const [job] = await context.db.sql`
    select count(*)::int as jobs from pgboss.job where name = 'reconcile-orders' and data->>'shopId' = ${shop.id}`;
  expect(job?.jobs).toBe(1);
});

test("ten first requests at once install once", async () => {
  const domain = newDomain();
  const shops = await Promise.all(Array.from({ length: 10 }, () => install(domain)));
  expect(new Set(shops.map(({ id }) => id)).size).toBe(1);
});

test("tokens are stored encrypted, and a copied ciphertext is worthless in another shop's row", async () => {
  const [mine, theirs] = [await install(newDomain()), await install(newDomain())];
  const { accessToken } = await requireAccessToken(tokens(), mine.id);
  const [row] = await withShop(context.db, mine.id, (tx) => tx.sql`select * from shop_tokens`);
  expect(row?.access_token_ciphertext.includes(accessToken)).toBe(false);
  expect(row?.refresh_token_ciphertext).toBeInstanceOf(Buffer);
  await withShop(
    context.db,
    theirs.id,
    (tx) =>
      tx.sql`update shop_tokens set access_token_ciphertext = ${row?.access_token_ciphertext} where shop_id = ${theirs.id}`,
  );
  await expect(requireAccessToken(tokens(), theirs.id)).rejects.toThrow();
});

test("of many callers with an expiring token one refreshes and all get the new pair", async () => {
  const shop = await install(newDomain());
  await expireSoon(shop.id);
  let refreshes = 0;
  const counting: Shopify = {
    ...simulated.shopify,
    refreshTokens: (...call) => {
      refreshes += 1;
      return simulated.shopify.refreshTokens(...call);
    },
  };
  const all = await Promise.all(
    Array.from({ length: 12 }, () => requireAccessToken(tokens(counting), shop.id)),
  );
  expect(refreshes).toBe(1);
  expect(new Set(all.map(({ accessToken }) => accessToken)).size).toBe(1);
});

test("the refreshed pair is stored, so that it can be refreshed again", async () => {
  const shop = await install(newDomain());
  const first = await requireAccessToken(tokens(), shop.id);
  await expireSoon(shop.id);
  const second = await requireAccessToken(tokens(), shop.id);
  await expireSoon(shop.id);
  const third = await requireAccessToken(tokens(), shop.id);
  expect(new Set([first, second, third].map(({ accessToken }) => accessToken)).size).toBe(3);
});

const expireSoon = (shopId: Parameters<typeof withShop>[1]) =>
  withShop(
    context.db,
    shopId,
    (tx) => tx.sql`update shop_tokens set access_token_expires_at = now() + interval '1 minute'`,
  );

test("a pair that Shopify refuses to refresh is forgotten, and the next opening of the app brings a new one", async () => {
  const shop = await install(newDomain());
  await expireSoon(shop.id);
  await simulated.client.uninstallApp(shop.domain);
  await expect(requireAccessToken(tokens(), shop.id)).rejects.toThrow("refused to refresh");
  await replaceLostTokens(tokens(), shop, simulated.sessionToken(shop.domain));
  expect((await requireAccessToken(tokens(), shop.id)).domain).toBe(shop.domain);
});

test("after a change of the encryption key the next opening of the app brings tokens that can be read", async () => {
  const shop = await install(newDomain());
  const rotated = { ...tokens(), encryptionKey: randomBytes(32) };
  await expect(requireAccessToken(rotated, shop.id)).rejects.toThrow();
  const before = await requireAccessToken(tokens(), shop.id);
  await replaceLostTokens(tokens(), shop, simulated.sessionToken(shop.domain));
  expect(await requireAccessToken(tokens(), shop.id)).toEqual(before);
  await replaceLostTokens(rotated, shop, simulated.sessionToken(shop.domain));
  expect((await requireAccessToken(rotated, shop.id)).domain).toBe(shop.domain);
});

test("uninstalling forgets the tokens; a reinstall keeps the shop and its data", async () => {
  const domain = newDomain();
  const shop = await install(domain);
  await deliverAndProcess(context, delivery(domain, orderPayload({ id: "77" })));
  await deliverAndProcess(
    context,
    delivery(domain, '{"id":1,"myshopify_domain":null}', {
      topic: "app/uninstalled",
      triggeredAt: new Date().toISOString(),
    }),
  );
  expect(await withShop(context.db, shop.id, (tx) => tx.sql`select from shop_tokens`)).toHaveLength(0);
  await expect(requireAccessToken(tokens(), shop.id)).rejects.toThrow("not installed");
  expect((await install(domain)).id).toBe(shop.id);
  expect(await withShop(context.db, shop.id, (tx) => tx.sql`select from orders`)).toHaveLength(1);
});

test("orders that come after the uninstall are recorded and create nothing", async () => {
  const domain = newDomain();
  const shop = await install(domain);
  await withShop(context.db, shop.id, (tx) => uninstallShop(tx, shop.id, null));
  await deliverAndProcess(context, delivery(domain, orderPayload()));
  expect(await readDeliveries(context, shop.id)).toMatchObject([{ status: "ignored" }]);
  expect(await withShop(context.db, shop.id, (tx) => tx.sql`select from orders`)).toHaveLength(0);
});

test("a late retry of an old uninstall does not end the new installation", async () => {
  const domain = newDomain();
  const shop = await install(domain);
  await deliverAndProcess(
    context,
    delivery(domain, "{}", { topic: "app/uninstalled", triggeredAt: "2026-01-01T00:00:00Z" }),
  );
  expect(await readDeliveries(context, shop.id)).toMatchObject([{ status: "stale" }]);
  expect((await requireAccessToken(tokens(), shop.id)).domain).toBe(domain);
});

test("an uninstall from before the last opening of the app does not end it, even if we never saw the reinstall", async () => {
  const domain = newDomain();
  const shop = await install(domain);
  await confirmInstallation(context.db, shop.id, new Date(Date.now() + 3_600_000));
  const triggeredAt = new Date(Date.now() + 1_800_000).toISOString();
  await deliverAndProcess(context, delivery(domain, "{}", { topic: "app/uninstalled", triggeredAt }));
  expect(await readDeliveries(context, shop.id)).toMatchObject([{ status: "stale" }]);
});

test("an access token that Shopify does not know any more is forgotten", async () => {
  const shop = await install(newDomain());
  await simulated.client.uninstallApp(shop.domain);
  await expect(queryShop(tokens(), shop.id, "{ shop { id } }", {})).rejects.toThrow(AccessTokenRefused);
  expect(await withShop(context.db, shop.id, (tx) => tx.sql`select from shop_tokens`)).toHaveLength(0);
});

test("a session token that Shopify does not accept installs nothing", async () => {
  const domain = newDomain();
  const stale = simulated.sessionToken("another.myshopify.com");
  await expect(installShop(tokens(), context.queue, domain, stale)).rejects.toThrow(InvalidSessionToken);
  expect(
    await withSystem(context.db, (tx) => tx.sql`select from shops where domain = ${domain}`),
  ).toHaveLength(0);
});

test("when the database is away the error says so; it never looks like a shop without the app", async () => {
  const away = {
    ...context.db,
    sql: (await import("postgres")).default("postgres://x:x@127.0.0.1:1/none", { max: 1 }),
  };
  await expect(
    withShopDomain(away, "atomic-demo.myshopify.com", (tx) => readShop(tx, "atomic-demo.myshopify.com")),
  ).rejects.toThrow();
});

test("the person behind a token is asked for once and then known by name, also without a token", async () => {
  const shop = await install(newDomain());
  const [anna, again] = [
    await identifyStaff(tokens(), shop, "1001", simulated.sessionToken(shop.domain, 1001)),
    await identifyStaff(tokens(), shop, "1001", null),
  ];
  expect(anna).toEqual({ kind: "merchant", id: "1001", name: "Anna Berg" });
  expect(again).toEqual(anna);
  expect(await identifyStaff(tokens(), shop, "1002", null)).toMatchObject({ name: "Staff member 1002" });
});
