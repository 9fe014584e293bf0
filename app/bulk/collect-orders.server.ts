import { type Db, type Tx, withShop, withShopSnapshot } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import { orderSearchTable } from "../orders/order-search-table.ts";
import { parseOrderQuery } from "../orders/parse-order-query.ts";
import { allOf, compileQuery } from "../search/compile-query.server.ts";
import type { Shop, ShopId } from "../shops/shop.ts";
import type { BulkActionId } from "./bulk-action.ts";
import type { BulkServices } from "./bulk-services.ts";
import { cancelAction } from "./cancel-bulk-action.server.ts";
import { deleteItems } from "./delete-items.server.ts";
import { endCollecting } from "./end-collecting.server.ts";

/** Orders that are fetched and written down at a time: a tenth of a second, half a megabyte. */
const collectChunk = 5_000;

/** A single statement may sort the whole shop. */
const statementMinutes = 10;

/** Somebody has stopped the action, or another worker has begun it anew. */
class CollectingEnded extends Error {}

interface Collecting {
  query: string | null;
  createdAt: string;
  /** The moment that the snapshot shows. */
  takenAt: string;
}

/**
 * Takes down which orders a query matches, with the version that each has: all as they are at one moment.
 *
 * The orders are read through a cursor in one long transaction that writes nothing, the items are written in short
 * ones beside it. So the set is what one SELECT would have given, although orders change meanwhile: none is caught that
 * matches only later, none is missed that stops matching. What is in memory is one chunk. A worker that is killed takes
 * its snapshot along, and the next one begins anew at a later moment: half a set of then and half of now would be
 * neither, and nobody has been shown a preview yet (docs/decisions/0013).
 *
 * @param stopping leaves the action as it is; the worker's sweep adds another job
 */
export async function collectOrders(
  services: BulkServices,
  shopId: ShopId,
  id: BulkActionId,
  stopping: AbortSignal,
  chunk = collectChunk,
): Promise<void> {
  const { db } = services;
  try {
    await withShopSnapshot(db, shopId, async (tx) => {
      const action = await takeOn(tx, shopId, id);
      if (!action) return;
      const { query, takenAt } = action;
      // An erasure took the query away, because it may have named somebody.
      if (query === null) return void (await cancelAction(db, shopId, id));
      await begin(db, shopId, id, takenAt);
      await openMatches(tx, shopId, query, new Date(action.createdAt));
      let total = 0;
      for (let rows = await fetchMatches(tx, chunk); rows.length > 0; rows = await fetchMatches(tx, chunk)) {
        if (stopping.aborted) return;
        await store(db, shopId, id, { takenAt, total, rows });
        total += rows.length;
      }
      // Still under the lock, so that nobody takes a finished collection for an abandoned one.
      await end(services, shopId, id, takenAt);
    });
  } catch (error) {
    if (!(error instanceof CollectingEnded)) throw error;
  }
}

/** @returns null when another worker is at it, or nothing is to be collected. The lock goes with the connection */
async function takeOn(tx: Tx, shopId: ShopId, id: BulkActionId): Promise<Collecting | null> {
  const [lock] = await tx.sql<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${id}, 0)) as taken`;
  if (!lock?.taken) return null;
  const [action] = await tx.sql<Collecting[]>`
    select query, to_json(created_at)#>>'{}' as "createdAt", to_json(clock_timestamp())#>>'{}' as "takenAt"
    from bulk_actions where shop_id = ${shopId} and id = ${id} and state = 'collecting' and source_id is null`;
  return action ?? null;
}

/** Throws away what a killed worker has collected. From here on only who knows `takenAt` may add to it. */
async function begin(db: Db, shopId: ShopId, id: BulkActionId, takenAt: string): Promise<void> {
  await withShop(db, shopId, async (tx) => {
    const { count } = await tx.sql`
      update bulk_actions set taken_at = ${takenAt}, total = 0, worked_at = now()
      where shop_id = ${shopId} and id = ${id} and state = 'collecting'`;
    if (count === 0) throw new CollectingEnded();
  });
  await deleteItems(db, shopId, id);
}

/** Opens a cursor over the matches, newest first. "Today" is the day on which they were chosen. */
async function openMatches(tx: Tx, shopId: ShopId, q: string, chosenAt: Date): Promise<void> {
  const { sql } = tx;
  const [shop] = await sql<Shop[]>`
    select id, domain, name, currency, time_zone as "timeZone" from shops where id = ${shopId}`;
  if (!shop) throw new Error("an action belongs to a shop");
  const { query } = parseOrderQuery(q, shop.timeZone, chosenAt);
  const filter = allOf(tx, compileQuery(tx, orderSearchTable, query, shop));
  // The plan must know the words that it is for, and that all rows are wanted.
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true),
                   set_config('cursor_tuple_fraction', '1', true), set_config('work_mem', '32MB', true),
                   set_config('statement_timeout', ${`${statementMinutes}min`}, true),
                   set_config('idle_in_transaction_session_timeout', '5min', true)`;
  await sql`
    declare bulk_matches no scroll cursor for
    select o.id, o.version
    from (select order_id, created_at from desk_orders where ${filter}) as matching cross join lateral (
      -- A join would be planned by statistics, and a shop that has just arrived has none.
      select id, version from orders
      where shop_id = ${shopId} and id = matching.order_id and deleted_at is null offset 0) o
    order by matching.created_at desc, matching.order_id desc`;
}

interface Match {
  id: string;
  version: number;
}

const fetchMatches = (tx: Tx, chunk: number): Promise<Match[]> =>
  tx.sql.unsafe(`fetch ${chunk} from bulk_matches`);

/** Writes a chunk of items down behind the `total` that are there. @throws CollectingEnded */
async function store(
  db: Db,
  shopId: ShopId,
  id: BulkActionId,
  { takenAt, total, rows }: { takenAt: string; total: number; rows: Match[] },
): Promise<void> {
  const change = await withShop(db, shopId, async (tx) => {
    const { count } = await tx.sql`
      update bulk_actions set total = total + ${rows.length}, worked_at = now()
      where shop_id = ${shopId} and id = ${id} and state = 'collecting' and taken_at = ${takenAt}`;
    if (count === 0) throw new CollectingEnded();
    await tx.sql`
      insert into bulk_items (shop_id, bulk_action_id, position, subject_id, opened_version)
      select ${shopId}::uuid, ${id}::uuid, ${total}::int + r.number, r.id, r.version
      from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.version)}::int[])
        with ordinality as r (id, version, number)`;
    return countChange(tx, shopId);
  });
  notifyShop(db, { shopId, change, orders: [] });
}

async function end(services: BulkServices, shopId: ShopId, id: BulkActionId, takenAt: string): Promise<void> {
  const { db } = services;
  const change = await withShop(db, shopId, async (tx) => {
    const [mine] = await tx.sql`
      select from bulk_actions where shop_id = ${shopId} and id = ${id} and taken_at = ${takenAt} for update`;
    if (!mine) throw new CollectingEnded();
    await endCollecting(tx, services, shopId, id);
    return countChange(tx, shopId);
  });
  notifyShop(db, { shopId, change, orders: [] });
}
