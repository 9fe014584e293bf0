import { type Db, withShop, withSystem } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { BulkActionId } from "./bulk-action.ts";
import { deleteItems } from "./delete-items.server.ts";

/** How long a finished action keeps what it did to each order, and so can be undone, in days. */
export const keepItemsDays = 90;

/**
 * Deletes the bulk actions that nobody has started within a day, and the items of those that were finished
 * {@link keepItemsDays} ago: a million items take a fifth of a gigabyte and more. What each order became stays in its timeline.
 * Ended at any point, the next hour goes on.
 */
export async function deleteOldItems(db: Db): Promise<void> {
  const shops = await withSystem(
    db,
    (tx) => tx.sql<{ id: ShopId }[]>`
      select distinct shop_id as id from bulk_actions
      where state in ('draft', 'counting', 'cancelled', 'done') and created_at < now() - interval '1 day'`,
  );
  for (const { id: shopId } of shops) {
    for (const id of await closeOldDrafts(db, shopId)) {
      await deleteItems(db, shopId, id);
      await withShop(
        db,
        shopId,
        (tx) => tx.sql`delete from bulk_actions where shop_id = ${shopId} and id = ${id}`,
      );
    }
    for (const id of await forgetOldActions(db, shopId)) await deleteItems(db, shopId, id);
  }
}

/**
 * Cancels old drafts, so that nobody starts one while its items go, and what a day of collecting has not brought to an
 * end, so that it is not tried for ever.
 * @returns what can be deleted altogether; one whose items are being taken over waits
 */
function closeOldDrafts(db: Db, shopId: ShopId): Promise<BulkActionId[]> {
  return withShop(db, shopId, async (tx) => {
    await tx.sql`
      update bulk_actions set state = 'cancelled', finished_at = now()
      where shop_id = ${shopId} and state in ('collecting', 'draft', 'counting')
        and created_at < now() - interval '1 day'`;
    const rows = await tx.sql<{ id: BulkActionId }[]>`
      select id from bulk_actions a
      where shop_id = ${shopId} and state = 'cancelled' and started_at is null
        and created_at < now() - interval '1 day'
        and not exists (
          select from bulk_actions u where u.shop_id = ${shopId} and u.source_id = a.id and u.state = 'collecting')`;
    return rows.map(({ id }) => id);
  });
}

/** @returns finished actions that still have items and should not. One whose undo is being collected waits */
function forgetOldActions(db: Db, shopId: ShopId): Promise<BulkActionId[]> {
  return withShop(db, shopId, async (tx) => {
    // Locked first: an undo that somebody asks for in this moment is seen by the statement after, not by this one.
    const old = await tx.sql<{ id: BulkActionId }[]>`
      select id from bulk_actions
      where shop_id = ${shopId} and state in ('done', 'cancelled') and forgotten_at is null
        and finished_at < now() - make_interval(days => ${keepItemsDays})
      order by id for update`;
    await tx.sql`
      update bulk_actions a set forgotten_at = now()
      where shop_id = ${shopId} and id = any(${old.map(({ id }) => id)}::uuid[])
        and not exists (
          select from bulk_actions u where u.shop_id = ${shopId} and u.source_id = a.id and u.state = 'collecting')`;
    const rows = await tx.sql<{ id: BulkActionId }[]>`
      select id from bulk_actions a
      where shop_id = ${shopId} and forgotten_at is not null
        and exists (select from bulk_items i where i.shop_id = ${shopId} and i.bulk_action_id = a.id)`;
    return rows.map(({ id }) => id);
  });
}
