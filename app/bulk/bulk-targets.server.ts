import type { StoredFieldChanges } from "../../drizzle/schema/orders.ts";
import type { Tx } from "../db.server.ts";
import type { FieldConflict } from "../orders/conflict.ts";
import { fieldLabels, type OrderStatus, statusLabels } from "../orders/order.ts";
import type { ShopId } from "../shops/shop.ts";
import { formatInstant } from "../ui/format-instant.ts";
import type { BulkField, BulkValues } from "./bulk-action.ts";
import type { BulkItem } from "./bulk-kind.ts";

interface ChangeSince {
  orderId: string;
  changes: StoredFieldChanges;
  by: string;
  at: string;
}

/** An item's order as it is now and as it was when the action was opened. */
export interface BulkTarget extends BulkItem {
  version: number;
  current: BulkValues;
  base: BulkValues;
  since: ChangeSince[];
}

/**
 * Reads the orders of items; those that were deleted are left out.
 * @param lock keeps them from being changed until the end of the transaction. Rows are locked in the order of
 *   their ids, as the deliveries do it, so that the two never wait for each other in a circle
 */
export async function readTargets(
  tx: Tx,
  shopId: ShopId,
  items: BulkItem[],
  { lock }: { lock: boolean },
): Promise<Map<string, BulkTarget>> {
  const ids = items.map(({ subjectId }) => subjectId);
  const rows = await tx.sql<(BulkValues & { id: string; version: number })[]>`
    select id, version, status, tracking_company as "trackingCompany", tracking_number as "trackingNumber", note, tags
    from orders where shop_id = ${shopId} and id = any(${ids}::uuid[]) and deleted_at is null
    order by id ${lock ? tx.sql`for update` : tx.sql``}`;
  const orders = new Map(rows.map((row) => [row.id, row]));
  const moved = items.filter(({ subjectId, openedVersion }) => {
    const version = orders.get(subjectId)?.version;
    return version !== undefined && version > openedVersion;
  });
  const since = Map.groupBy(await readChangesSince(tx, shopId, moved), ({ orderId }) => orderId);
  return new Map(
    items.flatMap((item) => {
      const order = orders.get(item.subjectId);
      if (!order) return [];
      const { id, version, ...current } = order;
      const changes = since.get(id) ?? [];
      return [[id, { ...item, version, current, since: changes, base: valuesBefore(current, changes) }]];
    }),
  );
}

async function readChangesSince(tx: Tx, shopId: ShopId, items: BulkItem[]): Promise<ChangeSince[]> {
  if (items.length === 0) return [];
  const opened = items.map(({ subjectId, openedVersion }) => ({ id: subjectId, version: openedVersion }));
  return tx.sql<ChangeSince[]>`
    select e.order_id as "orderId", e.changes, e.actor_name as by, to_json(e.created_at)#>>'{}' as at
    from json_to_recordset(${JSON.stringify(opened)}::text::json) as i (id uuid, version int)
    join order_events e on e.shop_id = ${shopId} and e.order_id = i.id and e.version > i.version
    order by e.version`;
}

/** The values before the given changes, walked back from the present by the timeline. */
function valuesBefore(current: BulkValues, since: ChangeSince[]): BulkValues {
  const values: Record<BulkField, unknown> = { ...current };
  for (const { changes } of since.toReversed()) {
    for (const field of Object.keys(values) as BulkField[]) {
      const change = changes[field];
      if (change) values[field] = change.from;
    }
  }
  return values as BulkValues;
}

/** What stood in the way, in sentences: which field, who changed it to what, and when on the shop's clock. */
export function describeConflicts(
  conflicts: FieldConflict[],
  { since }: Pick<BulkTarget, "since">,
  timeZone: string,
): string {
  return conflicts
    .map(({ field, theirs }) => {
      const last = since.findLast(({ changes }) => field in changes);
      const value =
        theirs === null
          ? "nothing"
          : field === "status"
            ? statusLabels[theirs as OrderStatus]
            : `“${theirs}”`;
      const when = last ? ` by ${last.by} on ${formatInstant(last.at, timeZone).short}` : "";
      return `${fieldLabels[field]} was changed to ${value}${when}.`;
    })
    .join(" ");
}
