import type { Tx } from "../db.server.ts";
import type { ShopId } from "./shop.ts";

export type UninstallOutcome = "uninstalled" | "already_uninstalled" | "older_than_install";

/**
 * Forgets the shop's tokens and who is looking at what, and marks it uninstalled; its data stays until Shopify asks for erasure.
 *
 * A delivery can be retried for hours. One that was triggered before the present installation speaks of an
 * earlier one and must not end this. Shopify issues session tokens only where the app is installed, so a token
 * issued after the delivery was triggered proves a new installation, also one that we did not notice as such.
 *
 * @param triggeredAt when Shopify uninstalled the app, ISO 8601; null when it did not say
 */
export async function uninstallShop(
  tx: Tx,
  shopId: ShopId,
  triggeredAt: string | null,
): Promise<UninstallOutcome> {
  const [shop] = await tx.sql<{ uninstalled_at: string | null; is_older: boolean }[]>`
    select uninstalled_at, coalesce(${triggeredAt}::timestamptz < greatest(installed_at, confirmed_at), false) as is_older
    from shops where id = ${shopId} for update`;
  if (!shop || shop.uninstalled_at !== null) return "already_uninstalled";
  if (shop.is_older) return "older_than_install";
  await tx.sql`update shops set uninstalled_at = now(), updated_at = now() where id = ${shopId}`;
  await tx.sql`delete from shop_tokens where shop_id = ${shopId}`;
  await tx.sql`delete from presences where shop_id = ${shopId}`;
  return "uninstalled";
}
