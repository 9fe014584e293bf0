import { withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import { enqueue } from "../queue.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { type BulkActionId, waitedForLimit } from "./bulk-action.ts";
import type { Chosen } from "./bulk-kind.ts";
import type { BulkServices } from "./bulk-services.ts";

/**
 * Says what a draft is to change. The preview of a big draft is then counted by a job.
 * @returns false when it is no draft any more or was never this shop's
 */
export function chooseBulkChange(
  { db, queue, waitedFor = waitedForLimit }: BulkServices,
  shopId: ShopId,
  id: BulkActionId,
  { kind, input }: Chosen,
): Promise<boolean> {
  return withShop(db, shopId, async (tx) => {
    const [draft] = await tx.sql<{ state: string }[]>`
      update bulk_actions set kind = ${kind}, input = ${JSON.stringify(input)}::text::jsonb,
        preview = null, previewed = 0, worked_at = now(),
        state = case when state = 'collecting' then state
                     when total > ${waitedFor} then 'counting' else 'draft' end
      where shop_id = ${shopId} and id = ${id} and state in ('collecting', 'draft', 'counting')
        and kind not in ('set_tracking', 'undo')
      returning state`;
    if (draft?.state === "counting")
      await enqueue(queue, tx, "run-bulk-action", { shopId, bulkActionId: id }, { singletonKey: id });
    return draft !== undefined;
  });
}

/**
 * Carries out a draft: its state and its job commit together. A second click starts nothing twice, and a draft whose
 * query matched nothing any more has no item that could ever end it.
 */
export async function startBulkAction(
  { db, queue }: BulkServices,
  { shopId, id, actor }: { shopId: ShopId; id: BulkActionId; actor: Actor },
): Promise<boolean> {
  const change = await withShop(db, shopId, async (tx) => {
    const { count } = await tx.sql`
      update bulk_actions set state = 'queued', worked_at = now(), actor_id = ${actor.id}, actor_name = ${actor.name}
      where shop_id = ${shopId} and id = ${id} and state = 'draft' and kind <> 'undecided' and total > 0`;
    if (count === 0) return null;
    await enqueue(queue, tx, "run-bulk-action", { shopId, bulkActionId: id }, { singletonKey: id });
    return countChange(tx, shopId);
  });
  if (change !== null) notifyShop(db, { shopId, change, orders: null });
  return change !== null;
}
