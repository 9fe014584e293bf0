import type { Tx } from "../db.server.ts";
import { describeAllowedMoves, isAllowedMove, type OrderStatus } from "../orders/order.ts";
import type { ShopId } from "../shops/shop.ts";
import { applyBulkChange, type BulkChange, bulkChangeOf, pickBulkFields } from "./bulk-action.ts";
import {
  type BulkItem,
  type BulkPreview,
  emptyPreview,
  type ItemRange,
  type ItemVerdict,
  type ShopClock,
  type StoredChange,
} from "./bulk-kind.ts";
import { type BulkTarget, describeConflicts, readTargets } from "./bulk-targets.server.ts";

/** Orders changed since the draft that are looked at one by one; more would hold up the page. */
const lookedAt = 1_000;

/**
 * Counts what a draft would do. Orders that nobody has touched since fall into a few groups, which the database
 * counts; only the others have to be merged one by one.
 */
export async function previewOrderChange(
  tx: Tx,
  shopId: ShopId,
  draft: StoredChange,
  range: ItemRange,
): Promise<BulkPreview> {
  const preview: BulkPreview = { ...emptyPreview, refused: [] };
  for (const { key, count } of await countGroups(tx, shopId, draft, range)) {
    if (key === null) preview.gone += count;
    else if (key === "moved") preview.undecided += count;
    else addGroup(preview, draft, key, count);
  }
  if (preview.undecided > 0) await addMoved(tx, shopId, draft, range, preview);
  return preview;
}

function countGroups(tx: Tx, shopId: ShopId, { id, kind, input }: StoredChange, { after, upTo }: ItemRange) {
  return tx.sql<{ key: string | null; count: number }[]>`
    select case when o.id is null then null when o.version <> i.opened_version then 'moved'
                else ${groupKey(tx, kind, input)} end as key, count(*)::int as count
    from bulk_items i
    left join lateral (
      -- A join would be planned by statistics, and a shop that has just arrived has none.
      select id, version, status, tags, tracking_number, tracking_company from orders
      where shop_id = ${shopId} and id = i.subject_id and deleted_at is null offset 0) o on true
    where i.shop_id = ${shopId} and i.bulk_action_id = ${id} and i.position > ${after} and i.position <= ${upTo}
    group by 1 order by 1`;
}

/** What decides about an untouched order: its status, or whether it would change at all. */
function groupKey({ sql }: Tx, kind: string, input: StoredChange["input"]) {
  const tag = String(input.tag ?? "");
  const hasTag = sql`exists (select from unnest(o.tags) one where lower(one) = lower(${tag}::text))`;
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

function addGroup(preview: BulkPreview, { kind, input }: StoredChange, key: string, count: number): void {
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

async function addMoved(
  tx: Tx,
  shopId: ShopId,
  draft: StoredChange,
  { after, upTo }: ItemRange,
  preview: BulkPreview,
): Promise<void> {
  const items = await tx.sql<BulkItem[]>`
    select i.position, i.subject_id as "subjectId", i.opened_version as "openedVersion", i.input
    from bulk_items i cross join lateral (
      select version from orders
      where shop_id = ${shopId} and id = i.subject_id and deleted_at is null offset 0) o
    where i.shop_id = ${shopId} and i.bulk_action_id = ${draft.id} and i.position > ${after}
      and i.position <= ${upTo} and o.version <> i.opened_version
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

/** What would become of some orders of a draft if it ran now. */
export async function foreseeOrderChange(
  tx: Tx,
  shop: ShopClock,
  draft: StoredChange,
  items: BulkItem[],
): Promise<ItemVerdict[]> {
  const targets = await readTargets(tx, shop.id, items, { lock: false });
  return items.map(({ position, subjectId, input }) => {
    const target = targets.get(subjectId);
    const change = bulkChangeOf(draft.kind, draft.input, input);
    const nothing = { position, reason: null, before: null, after: null };
    if (!target) return { ...nothing, state: "gone" };
    return change
      ? { ...nothing, ...foreseeOne(target, change, shop.timeZone) }
      : { ...nothing, state: "open" };
  });
}

function foreseeOne(
  target: BulkTarget,
  change: BulkChange,
  timeZone: string,
): Pick<ItemVerdict, "state"> & Partial<ItemVerdict> {
  const verdict = applyBulkChange(target.current, target.base, change);
  switch (verdict.outcome) {
    case "unchanged":
      return { state: "unchanged" };
    case "refused":
      return { state: "refused", reason: verdict.reason };
    case "conflict":
      return { state: "conflict", reason: describeConflicts(verdict.conflicts, target, timeZone) };
    case "changed": {
      const { fields, next } = verdict;
      return {
        state: "changed",
        before: pickBulkFields(target.current, fields),
        after: pickBulkFields(next, fields),
      };
    }
  }
}
