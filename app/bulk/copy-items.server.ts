import { type Tx, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { BulkActionId } from "./bulk-action.ts";
import type { BulkServices } from "./bulk-services.ts";
import { endCollecting } from "./end-collecting.server.ts";

/** Items that one transaction takes over from another action: some tens of milliseconds. */
export const copyChunk = 5_000;

/**
 * Takes the next items of its source over into an action that is collecting: for an undo those that were changed, at
 * the version that was made and with the values before; for a new try those that were left, at the versions they have
 * now. The source is finished, so it cannot change while it is read in chunks.
 * @returns false when there was nothing to do: the action is not collecting, or collects what a query matches
 */
export async function copyItems(
  services: BulkServices,
  shopId: ShopId,
  id: BulkActionId,
  limit = copyChunk,
): Promise<boolean> {
  const { db } = services;
  const change = await withShop(db, shopId, async (tx) =>
    (await copyChunkOf(tx, services, shopId, id, limit)) ? countChange(tx, shopId) : null,
  );
  if (change !== null) notifyShop(db, { shopId, change, orders: [] });
  return change !== null;
}

/** The same inside a transaction. Its lock on the action makes a second job, or a person who cancels, wait. */
export async function copyChunkOf(
  tx: Tx,
  services: BulkServices,
  shopId: ShopId,
  id: BulkActionId,
  limit: number,
): Promise<boolean> {
  const [action] = await tx.sql<{ sourceId: string; isUndo: boolean; after: number }[]>`
    select source_id as "sourceId", source_id = undo_of and starts_itself as "isUndo",
      (select coalesce(max(position), 0) from bulk_items
       where shop_id = ${shopId} and bulk_action_id = ${id}) as after
    from bulk_actions
    where shop_id = ${shopId} and id = ${id} and state = 'collecting' and source_id is not null for update`;
  if (!action) return false;
  const copied = action.isUndo
    ? await copyChanged(tx, shopId, id, action, limit)
    : await copyLeft(tx, shopId, id, action, limit);
  await tx.sql`
    update bulk_actions set total = total + ${copied}, worked_at = now()
    where shop_id = ${shopId} and id = ${id}`;
  if (copied < limit) await endCollecting(tx, services, shopId, id);
  return true;
}

interface Source {
  sourceId: string;
  after: number;
}

async function copyChanged(tx: Tx, shopId: ShopId, id: string, { sourceId, after }: Source, limit: number) {
  const { count } = await tx.sql`
    insert into bulk_items (shop_id, bulk_action_id, position, subject_id, opened_version, input)
    select ${shopId}::uuid, ${id}::uuid, position, subject_id, version, before from bulk_items
    where shop_id = ${shopId} and bulk_action_id = ${sourceId} and state = 'changed' and position > ${after}
    order by position limit ${limit}`;
  return count;
}

async function copyLeft(tx: Tx, shopId: ShopId, id: string, { sourceId, after }: Source, limit: number) {
  const { count } = await tx.sql`
    insert into bulk_items (shop_id, bulk_action_id, position, subject_id, opened_version, input)
    select ${shopId}::uuid, ${id}::uuid, i.position, i.subject_id,
      -- What was not reached is opened at the version it was chosen at: changes since then still conflict.
      case when i.state = 'open' then i.opened_version else coalesce(o.version, i.opened_version) end, i.input
    from bulk_items i left join lateral (
      select version, deleted_at from orders where shop_id = ${shopId} and id = i.subject_id offset 0) o on true
    where i.shop_id = ${shopId} and i.bulk_action_id = ${sourceId} and i.state in ('conflict', 'failed', 'open')
      and i.position > ${after} and o.deleted_at is null
    order by i.position limit ${limit}`;
  return count;
}
