import { type Db, isDatabaseAway, type Tx, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { BulkActionId } from "./bulk-action.ts";
import {
  type BulkItem,
  type BulkKinds,
  type ChunkResult,
  type ItemResult,
  type KindServices,
  type RunningAction,
  requireKind,
} from "./bulk-kind.ts";

/** Few enough that a chunk takes tens of milliseconds and holds nobody up, many enough that a commit is cheap. */
export const chunkSize = 200;

/** How often a chunk that lost a deadlock is tried before the job is. */
const chunkAttempts = 5;

/**
 * Which open items to take: the next ones beyond a position, from the first one or, backwards, from the last one on; or
 * exactly these.
 */
export type Claim = { beyond: number | null; backwards: boolean; limit: number } | { positions: number[] };

/** Thrown to take a chunk back whose action was cancelled while it ran: what is stopped changes nothing any more. */
class ActionStopped extends Error {}

interface Run extends KindServices {
  db: Db;
  kinds: BulkKinds;
  shopId: ShopId;
  id: BulkActionId;
}

/**
 * Carries out the next open items of an action. Claim, changes, timeline and results commit together.
 * @returns the position that it claimed last; null when nothing was open, or the action was stopped
 */
export async function runChunk(run: Run, claim: Claim, attempt = 1): Promise<number | null> {
  const { db, shopId } = run;
  let items: BulkItem[] = [];
  try {
    const done = await withShop(db, shopId, async (tx) => {
      items = await claimItems(tx, run, claim);
      return items.length > 0 ? applyChunk(tx, run, items) : null;
    });
    if (done) notifyShop(db, { shopId, ...done });
  } catch (error) {
    if (error instanceof ActionStopped) return null;
    if (isDeadlock(error) && attempt < chunkAttempts) return runChunk(run, claim, attempt + 1);
    if (isDatabaseAway(error) || items.length === 0) throw error;
    await splitChunk(run, items);
  }
  return items.at(-1)?.position ?? null;
}

const isDeadlock = (error: unknown) =>
  ["40P01", "40001"].includes(String((error as { code?: unknown } | null)?.code));

/** The chunk was rolled back as a whole. Its halves go on alone; an item that fails by itself is the culprit. */
async function splitChunk(run: Run, items: BulkItem[]): Promise<void> {
  const positions = items.map(({ position }) => position);
  if (positions.length > 1) {
    const middle = Math.ceil(positions.length / 2);
    for (const half of [positions.slice(0, middle), positions.slice(middle)])
      await runChunk(run, { positions: half });
    return;
  }
  const { db, shopId } = run;
  try {
    const done = await withShop(db, shopId, async (tx) => {
      const claimed = await claimItems(tx, run, { positions });
      const results = claimed.map(({ position }) => failed(position));
      return results.length > 0 ? finishChunk(tx, run, { results, orders: [] }) : null;
    });
    if (done) notifyShop(db, { shopId, ...done });
  } catch (error) {
    if (!(error instanceof ActionStopped)) throw error;
  }
}

const failed = (position: number): ItemResult => ({
  position,
  state: "failed",
  reason: "This could not be saved. Try it again; if it stays like this, tell support.",
  before: null,
  after: null,
  version: null,
});

function claimItems({ sql }: Tx, { shopId, id }: Run, claim: Claim): Promise<BulkItem[]> {
  const backwards = "backwards" in claim && claim.backwards;
  const which =
    "positions" in claim
      ? sql`position = any(${claim.positions}::int[])`
      : // Results leave dead entries at the front of the index, which a long snapshot elsewhere keeps from being
        // cleaned away: beginning behind the last chunk steps over them.
        backwards
        ? sql`position < ${claim.beyond ?? beyondAll}`
        : sql`position > ${claim.beyond ?? 0}`;
  // Where the order of the chunks counts, a second job of the action waits for the first one's instead of overtaking it.
  const others = backwards ? sql`` : sql`skip locked`;
  const limit = "positions" in claim ? claim.positions.length : claim.limit;
  return sql<BulkItem[]>`
    select position, subject_id as "subjectId", opened_version as "openedVersion", input from bulk_items
    where shop_id = ${shopId} and bulk_action_id = ${id} and state = 'open' and ${which}
      and exists (select from bulk_actions a where a.shop_id = ${shopId} and a.id = ${id} and a.state in ('queued', 'running'))
    order by position ${backwards ? sql`desc` : sql``} limit ${limit} for update of bulk_items ${others}`;
}

/** Positions begin at 1 and are of PostgreSQL's `int`. */
const beyondAll = 2 ** 31 - 1;

async function applyChunk(tx: Tx, run: Run, items: BulkItem[]) {
  const { shopId, id } = run;
  const [action] = await tx.sql<(RunningAction & { timeZone: string })[]>`
    select a.id, a.kind, a.input - 'problems' as input, a.actor_id as "actorId", a.actor_name as "actorName",
      s.time_zone as "timeZone"
    from bulk_actions a join shops s on s.id = a.shop_id where a.shop_id = ${shopId} and a.id = ${id}`;
  if (!action) throw new Error("an action with items exists");
  const shop = { id: shopId, timeZone: action.timeZone };
  const { kinds, queue, mail } = run;
  const result = await requireKind(kinds, action.kind).applyChunk(tx, shop, action, items, { queue, mail });
  return finishChunk(tx, run, result);
}

/** Marks the items, counts them, and closes the action with its last one. @returns the hint to send after the commit */
async function finishChunk(tx: Tx, { shopId, id }: Run, { results, orders, documents }: ChunkResult) {
  await tx.sql`
    update bulk_items i set state = r.state, reason = r.reason, before = r.before, after = r.after,
      version = r.version, attempts = i.attempts + 1
    from json_to_recordset(${JSON.stringify(results)}::text::json) as r (position int, state text, reason text,
      before jsonb, after jsonb, version int)
    where i.shop_id = ${shopId} and i.bulk_action_id = ${id} and i.position = r.position`;
  const count = (...states: ItemResult["state"][]) =>
    results.filter(({ state }) => states.includes(state)).length;
  const { count: stillRunning } = await tx.sql`
    update bulk_actions set changed = changed + ${count("changed")}, unchanged = unchanged + ${count("unchanged")},
      conflicts = conflicts + ${count("conflict")}, refused = refused + ${count("refused", "gone")},
      failed = failed + ${count("failed")}, state = 'running', started_at = coalesce(started_at, now()),
      worked_at = now()
    where shop_id = ${shopId} and id = ${id} and state in ('queued', 'running')`;
  if (stillRunning === 0) throw new ActionStopped();
  await tx.sql`
    update bulk_actions set state = 'done', finished_at = clock_timestamp()
    where shop_id = ${shopId} and id = ${id} and changed + unchanged + conflicts + refused + failed >= total`;
  const change = await countChange(tx, shopId);
  return documents ? { change, orders, documents } : { change, orders: orders.length > 0 ? orders : null };
}
