import { v7 as uuidv7 } from "uuid";
import { enterShop, withShopDomain } from "../db.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { Shop, ShopId } from "./shop.ts";
import { countsDifferently, shopDetailsQuery, shopDetailsSchema } from "./shop-details.server.ts";
import { saveTokens, type TokenContext } from "./shop-tokens.server.ts";
import { readShop } from "./shops.server.ts";

/**
 * Installs the app in the shop that a verified session token names: exchanges the token for the shop's own
 * (managed installation: Shopify has asked for consent already), reads the shop's details, stores both and asks
 * for the recent orders. Several first requests at once install once.
 *
 * @param sessionToken of that shop, verified
 * @throws InvalidSessionToken, ShopifyCallFailed
 */
export async function installShop(
  { db, shopify, encryptionKey }: TokenContext,
  queue: Queue,
  domain: string,
  sessionToken: string,
): Promise<Shop> {
  return withShopDomain(db, domain, async (tx) => {
    await tx.sql`select pg_advisory_xact_lock(hashtextextended('install ' || ${domain}::text, 0))`;
    const known = await readShop(tx, domain);
    if (known?.installed) return known.shop;

    const tokens = await shopify.exchangeForOfflineTokens(domain, sessionToken);
    const answer = await shopify.query({ domain, accessToken: tokens.accessToken }, shopDetailsQuery);
    const details = shopDetailsSchema.parse(answer).shop;
    const shopId = known?.shop.id ?? (uuidv7() as ShopId);
    await enterShop(tx, shopId);
    await tx.sql`
      insert into shops (id, domain, shopify_shop_id, name, currency, time_zone)
      values (${shopId}, ${domain}, ${details.id.replace(/\D/g, "")}, ${details.name}, ${details.currencyCode},
        ${details.ianaTimezone})
      on conflict (id) do update set name = excluded.name, currency = excluded.currency,
        time_zone = excluded.time_zone, installed_at = now(), uninstalled_at = null, updated_at = now()`;
    await tx.sql`insert into shop_changes (shop_id) values (${shopId}) on conflict do nothing`;
    await saveTokens(tx, encryptionKey, shopId, tokens);
    await enqueue(queue, tx, "reconcile-orders", { shopId }, { singletonKey: shopId });
    const shop = {
      id: shopId,
      domain,
      name: details.name,
      currency: details.currencyCode,
      timeZone: details.ianaTimezone,
    };
    // Its orders of an earlier installation were counted by the terms of then.
    if (known && countsDifferently(known.shop, shop))
      await enqueue(queue, tx, "rebuild-desk", { shopId }, { singletonKey: shopId });
    return shop;
  });
}
