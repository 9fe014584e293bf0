import { type Db, type Tx, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import type { BulkActionId, BulkKind, ChosenChange } from "./bulk-action.ts";
import { countItems, type DraftOutcome, draftOr, insertAction } from "./draft-bulk-action.server.ts";

interface BulkRequest {
  shopId: ShopId;
  id: BulkActionId;
  actor: Actor;
}

/** Says what a draft is to change. @returns false when it is no draft any more or was never this shop's */
export function chooseBulkChange(
  db: Db,
  shopId: ShopId,
  id: BulkActionId,
  change: ChosenChange,
): Promise<boolean> {
  const { kind, ...input } = change;
  return withShop(db, shopId, async (tx) => {
    const { count } = await tx.sql`
      update bulk_actions set kind = ${kind}, input = ${JSON.stringify(input)}::text::jsonb
      where shop_id = ${shopId} and id = ${id} and state = 'draft' and kind not in ('set_tracking', 'undo')`;
    return count > 0;
  });
}

/** Carries out a draft: its state and its job commit together. A second click starts nothing twice. */
export async function startBulkAction(
  db: Db,
  queue: Queue,
  { shopId, id, actor }: BulkRequest,
): Promise<boolean> {
  const change = await withShop(db, shopId, async (tx) => {
    await tx.sql`
      update bulk_actions set actor_id = ${actor.id}, actor_name = ${actor.name}
      where shop_id = ${shopId} and id = ${id} and state = 'draft'`;
    return (await start(tx, queue, shopId, id)) ? countChange(tx, shopId) : null;
  });
  if (change !== null) notifyShop(db, { shopId, change, orders: null });
  return change !== null;
}

async function start(tx: Tx, queue: Queue, shopId: ShopId, id: BulkActionId): Promise<boolean> {
  const { count } = await tx.sql`
    update bulk_actions set state = 'queued', worked_at = now()
    where shop_id = ${shopId} and id = ${id} and state = 'draft' and kind <> 'undecided'`;
  if (count === 0) return false;
  await enqueue(queue, tx, "run-bulk-action", { shopId, bulkActionId: id }, { singletonKey: id });
  return true;
}

export type UndoOutcome =
  | DraftOutcome
  /** Somebody has undone it already. */
  | { outcome: "undone"; id: BulkActionId }
  | { outcome: "not_found" };

/**
 * Takes a finished action back: an action of its own that puts the old values into the orders it changed, each
 * opened at the version that the first one made. A field that somebody has changed since is reported and stays.
 */
export async function undoBulkAction(
  db: Db,
  queue: Queue,
  { shopId, id, actor }: BulkRequest,
): Promise<UndoOutcome> {
  const existing = await findUndo(db, shopId, id);
  if (existing) return existing;
  let change: number | null = null;
  const drafted = await draftOr(
    withShop(db, shopId, async (tx) => {
      // Of two people who click at once the second waits here, and finds the first one's undo.
      await tx.sql`select from bulk_actions where shop_id = ${shopId} and id = ${id} for update`;
      const [earlier] = await readUndo(tx, shopId, id);
      if (earlier) return earlier.id;
      const undo = await insertAction(tx, shopId, {
        kind: "undo",
        input: {},
        query: null,
        undoOf: id,
        actor,
      });
      await tx.sql`
        insert into bulk_items (shop_id, bulk_action_id, position, order_id, opened_version, input)
        select ${shopId}::uuid, ${undo}::uuid, position, order_id, version, before from bulk_items
        where shop_id = ${shopId} and bulk_action_id = ${id} and state = 'changed'`;
      await countItems(tx, shopId, undo);
      await start(tx, queue, shopId, undo);
      change = await countChange(tx, shopId);
      return undo;
    }),
  );
  if (change !== null) notifyShop(db, { shopId, change, orders: null });
  return drafted;
}

const readUndo = (tx: Tx, shopId: ShopId, id: BulkActionId) =>
  tx.sql<{ id: BulkActionId }[]>`
    select id from bulk_actions where shop_id = ${shopId} and undo_of = ${id} and state <> 'draft' order by id limit 1`;

function findUndo(db: Db, shopId: ShopId, id: BulkActionId): Promise<UndoOutcome | null> {
  return withShop(db, shopId, async (tx) => {
    const [action] = await tx.sql`
      select from bulk_actions where shop_id = ${shopId} and id = ${id} and state = 'done'`;
    if (!action) return { outcome: "not_found" };
    const [undo] = await readUndo(tx, shopId, id);
    return undo ? { outcome: "undone", id: undo.id } : null;
  });
}

/** Drafts a finished action again for the orders it could not change, at the versions they have now. */
export function retryBulkAction(db: Db, { shopId, id, actor }: BulkRequest): Promise<DraftOutcome> {
  return draftOr(
    withShop(db, shopId, async (tx) => {
      const [action] = await tx.sql<{ kind: BulkKind; input: object; undoOf: BulkActionId | null }[]>`
        select kind, input - 'problems' as input, undo_of as "undoOf" from bulk_actions
        where shop_id = ${shopId} and id = ${id} and state = 'done'`;
      const { kind, input, undoOf } = action ?? { kind: "undecided" as const, input: {}, undoOf: null };
      const retry = await insertAction(tx, shopId, { kind, input, query: null, undoOf, actor });
      if (action)
        await tx.sql`
          insert into bulk_items (shop_id, bulk_action_id, position, order_id, opened_version, input)
          select ${shopId}::uuid, ${retry}::uuid, i.position, i.order_id, o.version, i.input
          from bulk_items i join orders o on o.shop_id = i.shop_id and o.id = i.order_id
          where i.shop_id = ${shopId} and i.bulk_action_id = ${id} and i.state in ('conflict', 'failed')
            and o.deleted_at is null`;
      await countItems(tx, shopId, retry);
      return retry;
    }),
  );
}
