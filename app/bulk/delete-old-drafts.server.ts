import { type Db, withShop, withSystem } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** Deletes the bulk actions that nobody has started within a day, and the orders that they had taken down. */
export async function deleteOldDrafts(db: Db): Promise<void> {
  const shops = await withSystem(
    db,
    (tx) => tx.sql<{ id: ShopId }[]>`
      select distinct shop_id as id from bulk_actions
      where state = 'draft' and created_at < now() - interval '1 day'`,
  );
  for (const { id: shopId } of shops) {
    await withShop(
      db,
      shopId,
      ({ sql }) => sql`
        delete from bulk_actions
        where shop_id = ${shopId} and state = 'draft' and created_at < now() - interval '1 day'`,
    );
  }
}
