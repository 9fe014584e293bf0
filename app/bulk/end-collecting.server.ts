import type { Tx } from "../db.server.ts";
import { enqueue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { type BulkActionId, undecided, waitedForLimit } from "./bulk-action.ts";
import type { BulkServices } from "./bulk-services.ts";

/**
 * Lets an action go on whose items are all there: an undo runs, a big draft that says what it changes has its preview
 * counted, every other draft waits for a person.
 */
export async function endCollecting(
  tx: Tx,
  { queue, waitedFor = waitedForLimit }: BulkServices,
  shopId: ShopId,
  id: BulkActionId,
): Promise<void> {
  const [action] = await tx.sql<{ state: string }[]>`
    update bulk_actions set expected = null, worked_at = now(),
      state = case when starts_itself then 'queued'
                   when kind <> ${undecided} and total > ${waitedFor} then 'counting' else 'draft' end
    where shop_id = ${shopId} and id = ${id} and state = 'collecting' returning state`;
  if (action && action.state !== "draft")
    await enqueue(queue, tx, "run-bulk-action", { shopId, bulkActionId: id }, { singletonKey: id });
}
