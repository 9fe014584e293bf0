import { type Db, type Tx, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { changedFields } from "./conflict.ts";
import { type LockedOrder, lockOrder, readChangesSince, saveVersion } from "./edit-order.server.ts";
import {
  describeAllowedMoves,
  type EditableFields,
  editableFields,
  fieldLabels,
  isAllowedMove,
  type OrderId,
  pickEditableFields,
} from "./order.ts";

export type ReviewOutcome =
  /** `remark` says what was left as it is, and why. */
  | { outcome: "saved"; version: number; remark: string | null }
  | { outcome: "unchanged"; version: number }
  | { outcome: "refused"; reason: string }
  | { outcome: "not_found" };

interface ReviewOrder {
  shopId: ShopId;
  orderId: OrderId;
  /** The version that the person was looking at. */
  openedVersion: number;
  actor: Actor;
}

/** What a review decides: new values, and a remark; or a refusal. */
type Decision = { next: EditableFields; remark: string | null } | { refused: string };

/** Someone has looked at what Shopify overwrote and leaves it so: the flag goes. */
export function markReviewed(db: Db, order: ReviewOrder): Promise<ReviewOutcome> {
  return writeReview(db, order, "reviewed", async (tx, current) => {
    const since = await readChangesSince(tx, order.shopId, order.orderId, order.openedVersion);
    if (since.some(({ overwritten }) => overwritten !== null)) {
      return { refused: "Shopify has changed something more since this page was shown. Look at it first." };
    }
    return { next: pickEditableFields(current), remark: null };
  });
}

/**
 * Puts back a merchant's values that Shopify overwrote in a version: one click on the timeline. Each field for
 * itself: one that somebody has changed since the page was shown stays as it is, and so does a status that is no
 * allowed move any more. Shopify's own value stays the base, so its next payload does not undo the restored one.
 */
export function restoreOverwritten(
  db: Db,
  { version, ...order }: ReviewOrder & { version: number },
): Promise<ReviewOutcome> {
  return writeReview(db, order, "restored", async (tx, current) => {
    const overwritten = await readOverwritten(tx, order, version);
    const since = await readChangesSince(tx, order.shopId, order.orderId, order.openedVersion);
    const next = pickEditableFields(current);
    const remarks: string[] = [];
    for (const field of editableFields) {
      const value = overwritten[field];
      if (value === undefined) continue;
      const changed = since.findLast(({ changes }) => field in changes);
      if (changed)
        remarks.push(`${fieldLabels[field]} was changed by ${changed.actor_name} meanwhile and stays.`);
      else if (field === "status" && !isAllowedMove(current.status, overwritten.status ?? current.status)) {
        remarks.push(`The status stays. ${describeAllowedMoves(current.status)}`);
      } else Object.assign(next, { [field]: value });
    }
    if (changedFields(current, next).length === 0 && remarks.length > 0)
      return { refused: remarks.join(" ") };
    return { next, remark: remarks.join(" ") || null };
  });
}

async function readOverwritten(
  tx: Tx,
  { shopId, orderId }: ReviewOrder,
  version: number,
): Promise<Partial<EditableFields>> {
  const [event] = await tx.sql<{ overwritten: Partial<EditableFields> | null }[]>`
    select overwritten from order_events
    where shop_id = ${shopId} and order_id = ${orderId} and version = ${version}`;
  return event?.overwritten ?? {};
}

async function writeReview(
  db: Db,
  { shopId, orderId, actor }: ReviewOrder,
  kind: "restored" | "reviewed",
  decide: (tx: Tx, current: LockedOrder) => Promise<Decision>,
): Promise<ReviewOutcome> {
  const { result, change } = await withShop(db, shopId, async (tx) => {
    const current = await lockOrder(tx, shopId, orderId);
    if (!current) return { result: { outcome: "not_found" } as const, change: null };
    const decision = await decide(tx, current);
    if ("refused" in decision)
      return { result: { outcome: "refused", reason: decision.refused } as const, change: null };
    if (changedFields(current, decision.next).length === 0 && !current.needsReview) {
      return { result: { outcome: "unchanged", version: current.version } as const, change: null };
    }
    const version = await saveVersion(tx, { shopId, orderId, current, next: decision.next, kind, actor });
    const saved = { outcome: "saved", version, remark: decision.remark } as const;
    return { result: saved, change: await countChange(tx, shopId) };
  });
  if (change !== null && result.outcome === "saved") {
    notifyShop(db, { shopId, change, orders: [{ id: orderId, version: result.version }] });
  }
  return result;
}
