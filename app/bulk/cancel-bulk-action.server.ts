import { type Db, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { BulkActionId } from "./bulk-action.ts";

/**
 * Stops an action that is being collected, waits or runs. What it has changed stays and can be undone; a chunk under
 * way is taken back, so nothing changes any more once this has returned.
 * @returns false when there was nothing to stop: it is done, a draft, or was never this shop's
 */
export async function cancelAction(db: Db, shopId: ShopId, id: BulkActionId): Promise<boolean> {
  const change = await withShop(db, shopId, async (tx) => {
    const { count } = await tx.sql`
      update bulk_actions set state = 'cancelled', finished_at = clock_timestamp()
      where shop_id = ${shopId} and id = ${id} and state in ('collecting', 'queued', 'running')`;
    return count > 0 ? countChange(tx, shopId) : null;
  });
  if (change !== null) notifyShop(db, { shopId, change, orders: null });
  return change !== null;
}
