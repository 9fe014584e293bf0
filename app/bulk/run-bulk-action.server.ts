import type { StoredFieldChanges } from "../../drizzle/schema/orders.ts";
import { type Db, isDatabaseAway, type Tx, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";
import {
  applyBulkChange,
  type BulkActionId,
  type BulkKind,
  type BulkValues,
  bulkChangeOf,
  pickBulkFields,
} from "./bulk-action.ts";
import { type BulkItem, type BulkTarget, describeConflicts, readTargets } from "./bulk-targets.server.ts";

/** Few enough that a chunk takes tens of milliseconds and holds nobody up, many enough that a commit is cheap. */
const chunkSize = 200;

/** Then the job queues up again behind the others, so that a big action does not hold up a small one. */
const longestRunMs = 5_000;

/** How often a chunk that lost a deadlock is tried before the job is. */
const chunkAttempts = 5;

/**
 * Carries out a bulk action, chunk by chunk, until nothing is open.
 *
 * Claim, changes, timeline and results of a chunk commit together: a worker killed at any point leaves the rest
 * open and has applied nothing twice. Two jobs of one action take different chunks and do no harm.
 */
export async function runBulkAction(
  db: Db,
  queue: Queue,
  shopId: ShopId,
  id: BulkActionId,
  stopping: AbortSignal,
): Promise<void> {
  const endsAt = performance.now() + longestRunMs;
  while (!stopping.aborted && performance.now() < endsAt) {
    if ((await runChunk(db, shopId, id, null)) === 0) return;
  }
  await withShop(db, shopId, (tx) =>
    enqueue(queue, tx, "run-bulk-action", { shopId, bulkActionId: id }, { singletonKey: id }),
  );
}

/**
 * @param positions only these items; null for the next open ones
 * @returns how many items it claimed
 */
async function runChunk(
  db: Db,
  shopId: ShopId,
  id: BulkActionId,
  positions: number[] | null,
  attempt = 1,
): Promise<number> {
  let items: BulkItem[] = [];
  try {
    const done = await withShop(db, shopId, async (tx) => {
      items = await claimItems(tx, shopId, id, positions);
      return items.length > 0 ? applyChunk(tx, shopId, id, items) : null;
    });
    if (done) notifyShop(db, { shopId, ...done });
  } catch (error) {
    if (isDeadlock(error) && attempt < chunkAttempts) return runChunk(db, shopId, id, positions, attempt + 1);
    if (isDatabaseAway(error) || items.length === 0) throw error;
    await splitChunk(db, shopId, id, items);
  }
  return items.length;
}

const isDeadlock = (error: unknown) =>
  ["40P01", "40001"].includes(String((error as { code?: unknown } | null)?.code));

/** The chunk was rolled back as a whole. Its halves go on alone; an item that fails by itself is the culprit. */
async function splitChunk(db: Db, shopId: ShopId, id: BulkActionId, items: BulkItem[]): Promise<void> {
  const positions = items.map(({ position }) => position);
  if (positions.length > 1) {
    const middle = Math.ceil(positions.length / 2);
    for (const half of [positions.slice(0, middle), positions.slice(middle)])
      await runChunk(db, shopId, id, half);
    return;
  }
  const done = await withShop(db, shopId, async (tx) => {
    const claimed = await claimItems(tx, shopId, id, positions);
    const results = claimed.map((item) => ({
      ...resultOf(item, "failed"),
      reason: "The order could not be saved. Try it again; if it stays like this, tell support.",
    }));
    return results.length > 0 ? finishChunk(tx, shopId, id, results, []) : null;
  });
  if (done) notifyShop(db, { shopId, ...done });
}

function claimItems(
  tx: Tx,
  shopId: ShopId,
  id: BulkActionId,
  positions: number[] | null,
): Promise<BulkItem[]> {
  return tx.sql<BulkItem[]>`
    select position, order_id as "orderId", opened_version as "openedVersion", input from bulk_items
    where shop_id = ${shopId} and bulk_action_id = ${id} and state = 'open'
      and (${positions}::int[] is null or position = any(${positions}::int[]))
      and exists (select from bulk_actions a where a.shop_id = ${shopId} and a.id = ${id} and a.state in ('queued', 'running'))
    order by position limit ${chunkSize} for update of bulk_items skip locked`;
}

interface ItemResult {
  position: number;
  orderId: string;
  state: "changed" | "unchanged" | "conflict" | "refused" | "gone" | "failed";
  reason: string | null;
  before: Partial<BulkValues> | null;
  after: Partial<BulkValues> | null;
  version: number | null;
}

interface ActionRow {
  kind: BulkKind;
  input: Record<string, unknown>;
  actorId: string | null;
  actorName: string;
  timeZone: string;
}

async function applyChunk(tx: Tx, shopId: ShopId, id: BulkActionId, items: BulkItem[]) {
  const [action] = await tx.sql<ActionRow[]>`
    select a.kind, a.input - 'problems' as input, a.actor_id as "actorId", a.actor_name as "actorName",
      s.time_zone as "timeZone"
    from bulk_actions a join shops s on s.id = a.shop_id where a.shop_id = ${shopId} and a.id = ${id}`;
  if (!action) throw new Error("an action with items exists");
  const targets = await readTargets(tx, shopId, items, { lock: true });
  const writes: OrderWrite[] = [];
  const results = items.map((item): ItemResult => {
    const target = targets.get(item.orderId);
    if (!target) return { ...resultOf(item, "gone"), reason: "The order was deleted at Shopify." };
    return applyItem(target, action, writes);
  });
  await writeOrders(tx, shopId, id, action, writes);
  return finishChunk(tx, shopId, id, results, writes);
}

interface OrderWrite {
  id: string;
  version: number;
  next: BulkValues;
  changes: StoredFieldChanges;
}

function applyItem(
  target: BulkTarget,
  { kind, input, timeZone }: ActionRow,
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
      writes.push({ id: target.orderId, version, next, changes });
      const before = pickBulkFields(current, fields);
      return { ...resultOf(target, "changed"), before, after: pickBulkFields(next, fields), version };
    }
  }
}

const resultOf = ({ position, orderId }: BulkItem, state: ItemResult["state"]): ItemResult => ({
  position,
  orderId,
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
  id: BulkActionId,
  { kind, actorId, actorName }: ActionRow,
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

/** Marks the items, counts them, and closes the action with its last one. @returns the hint to send after the commit */
async function finishChunk(
  tx: Tx,
  shopId: ShopId,
  id: BulkActionId,
  results: ItemResult[],
  writes: OrderWrite[],
) {
  await tx.sql`
    update bulk_items i set state = r.state, reason = r.reason, before = r.before, after = r.after,
      version = r.version, attempts = i.attempts + 1
    from json_to_recordset(${JSON.stringify(results)}::text::json) as r (position int, state text, reason text,
      before jsonb, after jsonb, version int)
    where i.shop_id = ${shopId} and i.bulk_action_id = ${id} and i.position = r.position`;
  const count = (...states: ItemResult["state"][]) =>
    results.filter(({ state }) => states.includes(state)).length;
  await tx.sql`
    update bulk_actions set changed = changed + ${count("changed")}, unchanged = unchanged + ${count("unchanged")},
      conflicts = conflicts + ${count("conflict")}, refused = refused + ${count("refused", "gone")},
      failed = failed + ${count("failed")}, state = 'running', started_at = coalesce(started_at, now()),
      worked_at = now()
    where shop_id = ${shopId} and id = ${id}`;
  await tx.sql`
    update bulk_actions set state = 'done', finished_at = clock_timestamp()
    where shop_id = ${shopId} and id = ${id} and changed + unchanged + conflicts + refused + failed >= total`;
  const orders = writes.map((write) => ({ id: write.id, version: write.version }));
  return { change: await countChange(tx, shopId), orders: orders.length > 0 ? orders : null };
}
