import { type Db, enterShop, withSystem } from "../db.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** An action that has stood still for longer has lost its job. */
const abandonedSeconds = 4;

/**
 * Adds jobs for bulk actions that nobody works on: theirs died with its worker, or the database was away when it
 * ran. Each counts as worked on again, so that those that merely wait for their turn do not gather jobs.
 */
export async function wakeForBulkActions(db: Db, queue: Queue): Promise<void> {
  await withSystem(db, async (tx) => {
    const idle = await tx.sql<{ shop_id: ShopId; id: string; collects: boolean }[]>`
      select shop_id, id, state = 'collecting' and source_id is null as collects from bulk_actions
      where state in ('collecting', 'counting', 'queued', 'running')
        and worked_at < now() - make_interval(secs => ${abandonedSeconds}) order by worked_at limit 100`;
    for (const { shop_id: shopId, id, collects } of idle) {
      const job = collects ? "collect-bulk-orders" : "run-bulk-action";
      await enterShop(tx, shopId);
      await tx.sql`update bulk_actions set worked_at = now() where shop_id = ${shopId} and id = ${id}`;
      await enqueue(queue, tx, job, { shopId, bulkActionId: id }, { singletonKey: id });
    }
  });
}
