import { z } from "zod";
import { withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { Shop, ShopId } from "./shop.ts";
import { queryShop, type TokenContext } from "./shop-tokens.server.ts";

export const shopDetailsQuery = `#graphql
  query ShopDetails { shop { id name currencyCode ianaTimezone } }`;

export const shopDetailsSchema = z.object({
  shop: z.object({ id: z.string(), name: z.string(), currencyCode: z.string(), ianaTimezone: z.string() }),
});

type CountingTerms = Pick<Shop, "currency" | "timeZone">;

/** Whether the figures must be counted anew: the shop's days or its own currency are others now. */
export const countsDifferently = (before: CountingTerms, after: CountingTerms) =>
  before.currency !== after.currency || before.timeZone !== after.timeZone;

/**
 * Asks Shopify what the shop is called and how it counts. Asking again beats believing a `shop/update`: two of them
 * may come in the wrong order, and one may not come at all.
 * @throws ShopifyCallFailed
 */
export async function refreshShop(context: TokenContext, queue: Queue, shopId: ShopId): Promise<void> {
  const { db } = context;
  if (!(await isInstalled(context, shopId))) return;
  const { name, currencyCode, ianaTimezone } = shopDetailsSchema.parse(
    await queryShop(context, shopId, shopDetailsQuery, {}),
  ).shop;
  const change = await withShop(db, shopId, async (tx) => {
    const [before] = await tx.sql<(CountingTerms & { name: string })[]>`
      select name, currency, time_zone as "timeZone" from shops where id = ${shopId} for update`;
    const after = { name, currency: currencyCode, timeZone: ianaTimezone };
    const recount = before !== undefined && countsDifferently(before, after);
    if (!before || (!recount && before.name === name)) return null;
    await tx.sql`
      update shops set name = ${name}, currency = ${currencyCode}, time_zone = ${ianaTimezone}, updated_at = now()
      where id = ${shopId}`;
    if (recount) await enqueue(queue, tx, "rebuild-desk", { shopId }, { singletonKey: shopId });
    return countChange(tx, shopId);
  });
  if (change !== null) notifyShop(db, { shopId, change, orders: null });
}

function isInstalled({ db }: TokenContext, shopId: ShopId): Promise<boolean> {
  return withShop(db, shopId, async ({ sql }) => {
    const rows = await sql`select from shops where id = ${shopId} and uninstalled_at is null`;
    return rows.length > 0;
  });
}
