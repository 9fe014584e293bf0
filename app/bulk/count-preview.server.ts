import { type Db, type Tx, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { BulkActionId } from "./bulk-action.ts";
import {
  addPreviews,
  type BulkKinds,
  type BulkPreview,
  emptyPreview,
  requireKind,
  type StoredChange,
} from "./bulk-kind.ts";

/** Items whose fate one transaction counts: a hundred milliseconds. */
const countChunk = 20_000;

interface Counting extends StoredChange {
  preview: BulkPreview | null;
  previewed: number;
}

/**
 * Counts the next items of a big draft's preview and adds them to what is counted already. The count is thrown away
 * when somebody has chosen another change meanwhile, or another job has counted the same items.
 * @returns false when the action is not being counted
 */
export async function countPreview(
  { db, kinds, shopId, id }: { db: Db; kinds: BulkKinds; shopId: ShopId; id: BulkActionId },
  limit = countChunk,
): Promise<boolean> {
  const { counting, change } = await withShop(db, shopId, async (tx) => {
    const [draft] = await tx.sql<Counting[]>`
      select id, kind, input - 'problems' as input, preview, previewed from bulk_actions
      where shop_id = ${shopId} and id = ${id} and state = 'counting'`;
    if (!draft) return { counting: false, change: null };
    const { upTo, count } = await nextItems(tx, shopId, draft, limit);
    const counted = await requireKind(kinds, draft.kind).preview(tx, shopId, draft, {
      after: draft.previewed,
      upTo,
    });
    const preview = addPreviews(draft.preview ?? emptyPreview, counted);
    const { count: saved } = await tx.sql`
      update bulk_actions set preview = ${JSON.stringify(preview)}::text::jsonb, previewed = ${upTo},
        worked_at = now(), state = ${count < limit ? "draft" : "counting"}
      where shop_id = ${shopId} and id = ${id} and state = 'counting' and previewed = ${draft.previewed}
        and kind = ${draft.kind} and input - 'problems' = ${JSON.stringify(draft.input)}::text::jsonb`;
    return { counting: true, change: saved > 0 ? await countChange(tx, shopId) : null };
  });
  if (change !== null) notifyShop(db, { shopId, change, orders: [] });
  return counting;
}

async function nextItems(
  tx: Tx,
  shopId: ShopId,
  { id, previewed }: Counting,
  limit: number,
): Promise<{ upTo: number; count: number }> {
  const [next] = await tx.sql<{ upTo: number; count: number }[]>`
    select coalesce(max(position), ${previewed}::int) as "upTo", count(*)::int as count
    from (select position from bulk_items
          where shop_id = ${shopId} and bulk_action_id = ${id} and position > ${previewed}
          order by position limit ${limit}) as next`;
  return next ?? { upTo: previewed, count: 0 };
}
