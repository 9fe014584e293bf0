import type { StoredFieldChanges } from "../../drizzle/schema/orders.ts";
import type { Tx } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { applyBulkChange, type BulkValues, bulkChangeOf, pickBulkFields } from "./bulk-action.ts";
import type { BulkItem, ChunkResult, ItemResult, RunningAction, ShopClock } from "./bulk-kind.ts";
import { type BulkTarget, describeConflicts, readTargets } from "./bulk-targets.server.ts";

interface OrderWrite {
  id: string;
  version: number;
  next: BulkValues;
  changes: StoredFieldChanges;
}

/** Merges a change into the orders of a chunk: rows, versions, timeline. Orders that changed since conflict. */
export async function applyOrderChange(
  tx: Tx,
  shop: ShopClock,
  action: RunningAction,
  items: BulkItem[],
): Promise<ChunkResult> {
  const targets = await readTargets(tx, shop.id, items, { lock: true });
  const writes: OrderWrite[] = [];
  const results = items.map((item): ItemResult => {
    const target = targets.get(item.subjectId);
    if (!target) return { ...resultOf(item, "gone"), reason: "The order was deleted at Shopify." };
    return applyItem(target, action, shop.timeZone, writes);
  });
  await writeOrders(tx, shop.id, action, writes);
  return { results, orders: writes.map(({ id, version }) => ({ id, version })) };
}

function applyItem(
  target: BulkTarget,
  { kind, input }: RunningAction,
  timeZone: string,
  writes: OrderWrite[],
): ItemResult {
  const change = bulkChangeOf(kind, input, target.input);
  if (!change) throw new Error("an action that runs says what it changes");
  const { current, base } = target;
  const verdict = applyBulkChange(current, base, change);
  switch (verdict.outcome) {
    case "unchanged":
      return resultOf(target, "unchanged");
    case "refused":
      return { ...resultOf(target, "refused"), reason: verdict.reason };
    case "conflict":
      return {
        ...resultOf(target, "conflict"),
        reason: describeConflicts(verdict.conflicts, target, timeZone),
      };
    case "changed": {
      const { next, fields } = verdict;
      const version = target.version + 1;
      const changes = Object.fromEntries(
        fields.map((field) => [field, { from: current[field], to: next[field] }]),
      );
      writes.push({ id: target.subjectId, version, next, changes });
      const before = pickBulkFields(current, fields);
      return { ...resultOf(target, "changed"), before, after: pickBulkFields(next, fields), version };
    }
  }
}

const resultOf = ({ position }: BulkItem, state: ItemResult["state"]): ItemResult => ({
  position,
  state,
  reason: null,
  before: null,
  after: null,
  version: null,
});

/** The new versions: the rows and their timeline, a statement each for the whole chunk. */
async function writeOrders(
  tx: Tx,
  shopId: ShopId,
  { id, kind, actorId, actorName }: RunningAction,
  writes: OrderWrite[],
): Promise<void> {
  if (writes.length === 0) return;
  const rows = JSON.stringify(writes.map(({ next, ...write }) => ({ ...write, ...next })));
  await tx.sql`
    update orders o set status = r.status, tracking_company = r."trackingCompany",
      tracking_number = r."trackingNumber", tags = r.tags, version = r.version, updated_at = now()
    from json_to_recordset(${rows}::text::json) as r (id uuid, version int, status text, "trackingCompany" text,
      "trackingNumber" text, tags text[])
    where o.shop_id = ${shopId} and o.id = r.id`;
  await tx.sql`
    insert into order_events (shop_id, order_id, version, kind, actor_kind, actor_id, actor_name, changes, bulk_action_id)
    select ${shopId}::uuid, r.id, r.version, ${kind === "undo" ? "restored" : "edited"}, 'merchant', ${actorId},
      ${actorName}, r.changes, ${id}::uuid
    from json_to_recordset(${rows}::text::json) as r (id uuid, version int, changes jsonb)`;
}
