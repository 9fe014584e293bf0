import { v7 as uuidv7 } from "uuid";
import { type Tx, withShop } from "../db.server.ts";
import { orderSearchTable } from "../orders/order-search-table.ts";
import { enqueue } from "../queue.server.ts";
import { allOf, compileQuery } from "../search/compile-query.server.ts";
import type { Query } from "../search/query.ts";
import { type Count, countRows } from "../search/read-page.server.ts";
import type { Actor, Shop, ShopId } from "../shops/shop.ts";
import { type BulkActionId, undecided, waitedForLimit } from "./bulk-action.ts";
import type { Chosen } from "./bulk-kind.ts";
import type { BulkServices } from "./bulk-services.ts";

/** The orders of an action: ticked one by one, or all that a query matches. `q` is the query as people read it. */
export type BulkSelection = { kind: "ids"; ids: string[] } | { kind: "query"; query: Query; q: string };

export type DraftOutcome = { outcome: "drafted"; id: BulkActionId } | { outcome: "empty" };

/** Thrown to leave nothing of a draft of no orders behind. */
class EmptyDraft extends Error {}

/** @returns what came of it; a draft of no orders is rolled back */
export async function draftOr(draft: Promise<BulkActionId>): Promise<DraftOutcome> {
  try {
    return { outcome: "drafted", id: await draft };
  } catch (error) {
    if (error instanceof EmptyDraft) return { outcome: "empty" };
    throw error;
  }
}

interface DraftRequest {
  selection: BulkSelection;
  /** Null when it is to be chosen on the draft's page. */
  change: Chosen | null;
  actor: Actor;
}

/**
 * Takes down which orders an action is for, with the version that each has now: what changes after this moment
 * is somebody else's work and is not overwritten. For more than a person should wait for, a job does it
 * (`collectOrders`), and the draft's page shows how far it is.
 */
export async function draftBulkAction(
  { db, queue, waitedFor = waitedForLimit }: BulkServices,
  shop: Pick<Shop, "id" | "timeZone" | "currency">,
  request: DraftRequest,
): Promise<DraftOutcome> {
  const { selection } = request;
  if (selection.kind === "query") {
    const matching = await countRows(db, shop, orderSearchTable, selection.query);
    if (!matching.exact || matching.count > waitedFor)
      return collectLater({ db, queue }, shop.id, request, selection.q, matching);
  }
  return draftOr(
    withShop(db, shop.id, async (tx) => {
      const id = await insertAction(tx, shop.id, { ...describedBy(request), state: "draft" });
      // The plan must know the words that it is for.
      await tx.sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`;
      const chosen =
        selection.kind === "ids"
          ? tx.sql`select distinct unnest(${selection.ids}::uuid[]) as order_id`
          : tx.sql`select order_id from desk_orders
                   where ${allOf(tx, compileQuery(tx, orderSearchTable, selection.query, shop))}`;
      await tx.sql`
        insert into bulk_items (shop_id, bulk_action_id, position, subject_id, opened_version)
        select ${shop.id}::uuid, ${id}::uuid, row_number() over (order by o.created_at desc, o.id desc), o.id, o.version
        from (${chosen}) as chosen cross join lateral (
          -- A join would be planned by statistics, and a shop that has just arrived has none.
          select id, version, created_at from orders
          where shop_id = ${shop.id} and id = chosen.order_id and deleted_at is null offset 0) o`;
      await countItems(tx, shop.id, id);
      return id;
    }),
  );
}

async function collectLater(
  { db, queue }: BulkServices,
  shopId: ShopId,
  request: DraftRequest,
  q: string,
  matching: Count,
): Promise<DraftOutcome> {
  const id = await withShop(db, shopId, async (tx) => {
    const expected = Math.min(matching.count, 2 ** 31 - 1);
    const action = { ...describedBy(request), query: q, state: "collecting" as const, expected };
    const id = await insertAction(tx, shopId, action);
    await enqueue(queue, tx, "collect-bulk-orders", { shopId, bulkActionId: id }, { singletonKey: id });
    return id;
  });
  return { outcome: "drafted", id };
}

function describedBy({ selection, change, actor }: DraftRequest): Omit<NewAction, "state"> {
  const { kind, input } = change ?? { kind: undecided, input: {} };
  return { kind, input, query: selection.kind === "query" ? selection.q : null, actor };
}

interface NewAction {
  kind: string;
  input: object;
  actor: Actor;
  state: "draft" | "collecting";
  /** The query that chose the orders; null when they were chosen in another way. */
  query?: string | null;
  undoOf?: BulkActionId | null;
  /** For one that is collecting: whose items it takes over, and about how many there will be. */
  sourceId?: BulkActionId;
  expected?: number;
  startsItself?: boolean;
}

/** Adds an action without items. @returns its id */
export async function insertAction(
  tx: Tx,
  shopId: ShopId,
  { kind, input, actor, state, query = null, undoOf = null, ...collecting }: NewAction,
): Promise<BulkActionId> {
  const { sourceId = null, expected = null, startsItself = false } = collecting;
  const id = uuidv7() as BulkActionId;
  await tx.sql`
    insert into bulk_actions (shop_id, id, kind, input, query, undo_of, source_id, state, total, expected,
      starts_itself, actor_id, actor_name, worked_at)
    values (${shopId}, ${id}, ${kind}, ${JSON.stringify(input)}::text::jsonb, ${query}, ${undoOf}, ${sourceId}, ${state},
      0, ${expected}, ${startsItself}, ${actor.id}, ${actor.name}, now())`;
  return id;
}

/** Writes down how many items a new action has. @throws EmptyDraft when it has none */
export async function countItems(tx: Tx, shopId: ShopId, id: BulkActionId): Promise<void> {
  const [row] = await tx.sql<{ total: number }[]>`
    update bulk_actions set total = (
      select count(*)::int from bulk_items where shop_id = ${shopId} and bulk_action_id = ${id})
    where shop_id = ${shopId} and id = ${id} returning total`;
  if (!row?.total) throw new EmptyDraft();
}

/** Takes back a draft that turned out to have no items. */
export function leaveNoDraft(): never {
  throw new EmptyDraft();
}
