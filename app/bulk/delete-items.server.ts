import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { BulkActionId } from "./bulk-action.ts";

/** Items deleted by one transaction: a cascade over a million would hold its locks for half a minute. */
const deleteChunk = 10_000;

/** Deletes the items of an action that nobody reads or fills any more. */
export async function deleteItems(db: Db, shopId: ShopId, id: BulkActionId): Promise<void> {
  for (let deleted = deleteChunk; deleted === deleteChunk; ) {
    deleted = await withShop(db, shopId, async (tx) => {
      const { count } = await tx.sql`
        delete from bulk_items where shop_id = ${shopId} and bulk_action_id = ${id} and position <= (
          select max(position) from (
            select position from bulk_items where shop_id = ${shopId} and bulk_action_id = ${id}
            order by position limit ${deleteChunk}) as next)`;
      return count;
    });
  }
}
