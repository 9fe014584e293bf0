import { type Tx, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import { enqueue } from "../queue.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { type BulkActionId, waitedForLimit } from "./bulk-action.ts";
import { type BulkKinds, requireKind } from "./bulk-kind.ts";
import type { BulkServices } from "./bulk-services.ts";
import { copyChunkOf } from "./copy-items.server.ts";
import { type DraftOutcome, draftOr, insertAction, leaveNoDraft } from "./draft-bulk-action.server.ts";
import { isUndoOf } from "./undo-state.server.ts";

interface BulkRequest {
  shopId: ShopId;
  id: BulkActionId;
  actor: Actor;
}

export type UndoOutcome =
  | DraftOutcome
  /** Somebody has undone it already. */
  | { outcome: "undone"; id: BulkActionId }
  /** No such action, or one that is not finished, cannot be undone by its kind, or is too long ago. */
  | { outcome: "not_found" };

interface Finished {
  kind: string;
  input: object;
  undoOf: BulkActionId | null;
  changed: number;
  /** Orders that it left: conflicts, failures, and what it had not come to when it was stopped. */
  left: number;
}

/**
 * Takes a finished action back: an action of its own that puts the old values into the orders it changed, each
 * opened at the version that the first one made. A field that somebody has changed since is reported and stays.
 */
export async function undoBulkAction(
  services: BulkServices & { kinds: BulkKinds },
  { shopId, id, actor }: BulkRequest,
): Promise<UndoOutcome> {
  const { db, kinds } = services;
  let change: number | null = null;
  let earlier: BulkActionId | null = null;
  let found = true;
  const drafted = await draftOr(
    withShop(db, shopId, async (tx) => {
      // Of two people who click at once the second waits here, and finds the first one's undo.
      const action = await lockFinished(tx, shopId, id);
      const kind = action && requireKind(kinds, action.kind).undo;
      if (!kind) {
        found = false;
        return leaveNoDraft();
      }
      earlier = await findUndo(tx, shopId, id);
      if (earlier) return earlier;
      if (action.changed === 0) return leaveNoDraft();
      const undo = await insertAction(tx, shopId, {
        kind,
        input: {},
        undoOf: id,
        actor,
        state: "collecting",
        sourceId: id,
        expected: action.changed,
        startsItself: true,
      });
      await takeOver(tx, services, shopId, undo);
      change = await countChange(tx, shopId);
      return undo;
    }),
  );
  if (!found) return { outcome: "not_found" };
  if (earlier) return { outcome: "undone", id: earlier };
  if (change !== null) notifyShop(db, { shopId, change, orders: null });
  return drafted;
}

/** Drafts a finished action again for the orders it could not change, at the versions they have now. */
export function retryBulkAction(
  services: BulkServices,
  { shopId, id, actor }: BulkRequest,
): Promise<DraftOutcome> {
  return draftOr(
    withShop(services.db, shopId, async (tx) => {
      const action = await lockFinished(tx, shopId, id);
      if (!action || action.left === 0) return leaveNoDraft();
      const { kind, input, undoOf, left } = action;
      const retry = await insertAction(tx, shopId, {
        kind,
        input,
        undoOf,
        actor,
        state: "collecting",
        sourceId: id,
        expected: left,
      });
      await takeOver(tx, services, shopId, retry);
      const [taken] = await tx.sql`
        select from bulk_actions where shop_id = ${shopId} and id = ${retry} and state <> 'collecting' and total = 0`;
      return taken ? leaveNoDraft() : retry;
    }),
  );
}

/** As many items as a person can wait for at once, the rest by a job. */
async function takeOver(tx: Tx, services: BulkServices, shopId: ShopId, id: BulkActionId): Promise<void> {
  const { queue, waitedFor = waitedForLimit } = services;
  await copyChunkOf(tx, services, shopId, id, waitedFor);
  const [unfinished] = await tx.sql`
    select from bulk_actions where shop_id = ${shopId} and id = ${id} and state = 'collecting'`;
  if (unfinished)
    await enqueue(queue, tx, "run-bulk-action", { shopId, bulkActionId: id }, { singletonKey: id });
}

async function lockFinished(tx: Tx, shopId: ShopId, id: BulkActionId): Promise<Finished | null> {
  const [action] = await tx.sql<Finished[]>`
    select kind, input - 'problems' as input, undo_of as "undoOf", changed,
      total - changed - unchanged - refused as left
    from bulk_actions
    where shop_id = ${shopId} and id = ${id} and state in ('done', 'cancelled') and expected is null
      and forgotten_at is null
    for update`;
  return action ?? null;
}

async function findUndo(tx: Tx, shopId: ShopId, id: BulkActionId): Promise<BulkActionId | null> {
  const [undo] = await tx.sql<{ id: BulkActionId }[]>`
    select u.id from bulk_actions u where ${isUndoOf(tx, shopId, id)} order by u.id limit 1`;
  return undo?.id ?? null;
}
