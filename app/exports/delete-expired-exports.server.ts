import { type Db, withShop, withSystem } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { listedDays } from "./list-export.ts";

/** Deletes the files that have expired, and later their entries. Gives up exports that no try has finished. */
export async function deleteExpiredExports(db: Db): Promise<void> {
  const shops = await withSystem(
    db,
    (tx) =>
      tx.sql<{ id: ShopId }[]>`select distinct shop_id as id from list_exports where expires_at < now()`,
  );
  for (const { id: shopId } of shops) {
    await withShop(db, shopId, async ({ sql }) => {
      await sql`update list_exports set state = 'failed', finished_at = now(),
                       error = 'The file was not finished within a day. Narrow the search and export it again.'
                where shop_id = ${shopId} and expires_at < now() and state in ('queued', 'running')`;
      await sql`delete from export_chunks c using list_exports e
                where c.shop_id = ${shopId} and e.shop_id = c.shop_id and e.id = c.export_id and e.expires_at < now()`;
      await sql`delete from list_exports where shop_id = ${shopId} and expires_at < now()
                  and created_at < now() - make_interval(days => ${listedDays})`;
    });
  }
}
