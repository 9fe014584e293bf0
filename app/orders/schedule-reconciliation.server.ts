import { type Db, withShop, withSystem } from "../db.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** Adds one reconciliation job for each installed shop that has none waiting. */
export async function scheduleReconciliation(db: Db, queue: Queue): Promise<void> {
  await withSystem(db, async (tx) => {
    const shops = await tx.sql<{ id: ShopId }[]>`select id from shops where uninstalled_at is null`;
    for (const { id } of shops)
      await enqueue(queue, tx, "reconcile-orders", { shopId: id }, { singletonKey: id });
  });
}

/** Adds one reconciliation job for a shop: a person asked for it. */
export function requestReconciliation(db: Db, queue: Queue, shopId: ShopId): Promise<void> {
  return withShop(db, shopId, (tx) =>
    enqueue(queue, tx, "reconcile-orders", { shopId }, { singletonKey: shopId }),
  );
}
