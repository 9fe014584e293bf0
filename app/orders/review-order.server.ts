import { type Db, type Tx, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { changedFields } from "./conflict.ts";
import { lockOrder, saveVersion } from "./edit-order.server.ts";
import {
  describeAllowedMoves,
  type EditableFields,
  isAllowedMove,
  type OrderId,
  pickEditableFields,
} from "./order.ts";

export type ReviewOutcome =
  | { outcome: "saved"; version: number }
  | { outcome: "unchanged"; version: number }
  | { outcome: "refused"; reason: string }
  | { outcome: "not_found" };

interface ReviewOrder {
  shopId: ShopId;
  orderId: OrderId;
  actor: Actor;
}

/** Someone has looked at what Shopify overwrote and leaves it so: the flag goes. */
export function markReviewed(db: Db, { shopId, orderId, actor }: ReviewOrder): Promise<ReviewOutcome> {
  return writeReview(db, { shopId, orderId, actor }, "reviewed", async () => ({}));
}

/**
 * Puts back a merchant's values that Shopify overwrote in a version: one click on the timeline.
 * Shopify's own value stays the base, so its next payload does not undo the restored one.
 */
export function restoreOverwritten(
  db: Db,
  { version, ...order }: ReviewOrder & { version: number },
): Promise<ReviewOutcome> {
  return writeReview(db, order, "restored", async (tx) => {
    const [event] = await tx.sql<{ overwritten: Partial<EditableFields> | null }[]>`
      select overwritten from order_events
      where shop_id = ${order.shopId} and order_id = ${order.orderId} and version = ${version}`;
    return event?.overwritten ?? {};
  });
}

async function writeReview(
  db: Db,
  { shopId, orderId, actor }: ReviewOrder,
  kind: "restored" | "reviewed",
  readValues: (tx: Tx) => Promise<Partial<EditableFields>>,
): Promise<ReviewOutcome> {
  const { result, change } = await withShop(db, shopId, async (tx) => {
    const current = await lockOrder(tx, shopId, orderId);
    if (!current) return { result: { outcome: "not_found" } as const, change: null };
    const next = { ...pickEditableFields(current), ...(await readValues(tx)) };
    if (!isAllowedMove(current.status, next.status)) {
      return {
        result: { outcome: "refused", reason: describeAllowedMoves(current.status) } as const,
        change: null,
      };
    }
    const [flag] = await tx.sql<{ needs_review: boolean }[]>`
      select needs_review from orders where shop_id = ${shopId} and id = ${orderId}`;
    if (changedFields(current, next).length === 0 && !flag?.needs_review) {
      return { result: { outcome: "unchanged", version: current.version } as const, change: null };
    }
    const version = await saveVersion(tx, { shopId, orderId, current, next, kind, actor });
    return { result: { outcome: "saved", version } as const, change: await countChange(tx, shopId) };
  });
  if (change !== null && result.outcome === "saved") {
    notifyShop(db, { shopId, change, orders: [{ id: orderId, version: result.version }] });
  }
  return result;
}
