import { type Db, withSystem } from "../db.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** An export this old that nobody works on has lost its job. */
const abandonedSeconds = 3;

/** Adds a job for each export that nobody works on: its own died with its worker. The floor under the queue. */
export async function wakeForOpenExports(db: Db, queue: Queue): Promise<void> {
  await withSystem(db, async (tx) => {
    const abandoned = await tx.sql<{ shopId: ShopId; exportId: string }[]>`
      with open as materialized (
        select shop_id, id from list_exports where state in ('queued', 'running') and expires_at > now()
          and created_at < now() - make_interval(secs => ${abandonedSeconds}))
      select shop_id as "shopId", id as "exportId" from open
      where pg_try_advisory_xact_lock(hashtextextended(id::text, 0))`;
    for (const { shopId, exportId } of abandoned)
      await enqueue(queue, tx, "export-list", { shopId, exportId }, { singletonKey: exportId });
  });
}
