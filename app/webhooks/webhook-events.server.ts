import { type Db, withShop } from "../db.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** A delivery that failed every attempt, as the operator sees it: why, not what was in it. */
export interface FailedDelivery {
  id: string;
  topic: string;
  receivedAt: string;
  attempts: number;
  error: string | null;
}

export interface SyncState {
  /** ISO 8601; null before the first delivery. */
  lastReceivedAt: string | null;
  /** Deliveries not yet applied. */
  open: number;
  failed: FailedDelivery[];
  /** Orders changed at Shopify up to here are known to be stored; null before the first reconciliation. */
  reconciledUntil: string | null;
}

/** What the shop should know of its deliveries. At most 50 failed ones are listed. */
export function readSyncState(db: Db, shopId: ShopId): Promise<SyncState> {
  return withShop(db, shopId, async (tx) => {
    const [[last], [open], failed, [shop]] = await Promise.all([
      tx.sql<{ at: string }[]>`
        select to_json(received_at)#>>'{}' as at from webhook_events where shop_id = ${shopId} order by id desc limit 1`,
      tx.sql<{ count: number }[]>`
        select count(*)::int as count from webhook_events where shop_id = ${shopId} and status = 'received'`,
      tx.sql<FailedDelivery[]>`
        select id::text, topic, to_json(received_at)#>>'{}' as "receivedAt", attempts, error
        from webhook_events where shop_id = ${shopId} and status = 'failed' order by id desc limit 50`,
      tx.sql<
        { at: string | null }[]
      >`select to_json(reconciled_until)#>>'{}' as at from shops where id = ${shopId}`,
    ]);
    return {
      lastReceivedAt: last?.at ?? null,
      open: open?.count ?? 0,
      failed: [...failed],
      reconciledUntil: shop?.at ?? null,
    };
  });
}

/**
 * Opens a failed delivery again with all its attempts, as if it had just come in.
 * @returns false when the shop has no such failed delivery
 */
export function rerunFailedDelivery(
  db: Db,
  queue: Queue,
  shopId: ShopId,
  deliveryId: string,
): Promise<boolean> {
  return withShop(db, shopId, async (tx) => {
    const { count } = await tx.sql`
      update webhook_events set status = 'received', attempts = 0, next_attempt_at = now(), processed_at = null
      where shop_id = ${shopId} and id = ${deliveryId} and status = 'failed' and erased_at is null`;
    if (count > 0) await enqueue(queue, tx, "process-order", {});
    return count > 0;
  });
}
