import { type Db, type Tx, withShop } from "../db.server.ts";
import { describeAllowedMoves, isAllowedMove, type OrderStatus } from "../orders/order.ts";
import type { ShopId } from "../shops/shop.ts";
import { applyBulkChange, bulkChangeOf } from "./bulk-action.ts";
import type { BulkActionSummary } from "./bulk-actions.server.ts";
import { type BulkItem, readTargets } from "./bulk-targets.server.ts";

/** What a draft would do if it ran now. */
export interface BulkPreview {
  changed: number;
  unchanged: number;
  conflicts: number;
  /** By reason. */
  refused: { reason: string; count: number }[];
  /** Deleted since they were chosen. */
  gone: number;
  /** So many orders have changed since that the rest of them is decided when the action runs. */
  undecided: number;
}

/** Orders changed since the draft that are looked at one by one; more would hold up the page. */
const lookedAt = 1_000;

type Draft = Pick<BulkActionSummary, "id" | "kind" | "input">;

/**
 * Counts what a draft would do. Orders that nobody has touched since fall into a few groups, which the database
 * counts; only the others have to be merged one by one.
 */
export function previewBulkAction(db: Db, shopId: ShopId, draft: Draft): Promise<BulkPreview> {
  return withShop(db, shopId, async (tx) => {
    const preview: BulkPreview = {
      changed: 0,
      unchanged: 0,
      conflicts: 0,
      refused: [],
      gone: 0,
      undecided: 0,
    };
    for (const { key, count } of await countGroups(tx, shopId, draft)) {
      if (key === null) preview.gone += count;
      else if (key === "moved") preview.undecided += count;
      else addGroup(preview, draft, key, count);
    }
    if (preview.undecided > 0) await addMoved(tx, shopId, draft, preview);
    return preview;
  });
}

function countGroups(tx: Tx, shopId: ShopId, { id, kind, input }: Draft) {
  return tx.sql<{ key: string | null; count: number }[]>`
    select case when o.id is null then null when o.version <> i.opened_version then 'moved'
                else ${groupKey(tx, kind, input)} end as key, count(*)::int as count
    from bulk_items i
    left join orders o on o.shop_id = i.shop_id and o.id = i.order_id and o.deleted_at is null
    where i.shop_id = ${shopId} and i.bulk_action_id = ${id} group by 1 order by 1`;
}

/** What decides about an untouched order: its status, or whether it would change at all. */
function groupKey({ sql }: Tx, kind: Draft["kind"], { tag = "" }: Draft["input"]) {
  const hasTag = sql`exists (select from unnest(o.tags) one where lower(one) = lower(${tag}))`;
  switch (kind) {
    case "set_status":
      return sql`o.status`;
    case "add_tag":
      return sql`(not ${hasTag})::text`;
    case "remove_tag":
      return sql`(${hasTag})::text`;
    case "set_tracking":
      return sql`(o.tracking_number is distinct from i.input->>'trackingNumber'
        or (i.input->>'trackingCompany' is not null and o.tracking_company is distinct from i.input->>'trackingCompany'))::text`;
    default:
      return sql`'true'`;
  }
}

function addGroup(preview: BulkPreview, { kind, input }: Draft, key: string, count: number): void {
  const from = key as OrderStatus;
  const wouldChange = kind === "set_status" ? from !== input.status : key === "true";
  if (!wouldChange) preview.unchanged += count;
  else if (kind === "set_status" && !isAllowedMove(from, input.status as OrderStatus)) {
    addRefused(preview, describeAllowedMoves(from), count);
  } else preview.changed += count;
}

function addRefused(preview: BulkPreview, reason: string, count: number): void {
  const known = preview.refused.find((group) => group.reason === reason);
  if (known) known.count += count;
  else preview.refused.push({ reason, count });
}

async function addMoved(tx: Tx, shopId: ShopId, draft: Draft, preview: BulkPreview): Promise<void> {
  const items = await tx.sql<BulkItem[]>`
    select i.position, i.order_id as "orderId", i.opened_version as "openedVersion", i.input
    from bulk_items i join orders o on o.shop_id = i.shop_id and o.id = i.order_id and o.deleted_at is null
    where i.shop_id = ${shopId} and i.bulk_action_id = ${draft.id} and o.version <> i.opened_version
    order by i.position limit ${lookedAt}`;
  for (const { current, base, input } of (await readTargets(tx, shopId, items, { lock: false })).values()) {
    const change = bulkChangeOf(draft.kind, draft.input, input);
    if (!change) continue;
    const verdict = applyBulkChange(current, base, change);
    preview.undecided -= 1;
    if (verdict.outcome === "changed") preview.changed += 1;
    else if (verdict.outcome === "unchanged") preview.unchanged += 1;
    else if (verdict.outcome === "conflict") preview.conflicts += 1;
    else addRefused(preview, verdict.reason, 1);
  }
}
