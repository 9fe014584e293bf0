import { v7 as uuidv7 } from "uuid";
import { type Db, type Tx, withShop } from "../db.server.ts";
import { orderSearchTable } from "../orders/order-search-table.ts";
import { allOf, compileQuery } from "../search/compile-query.server.ts";
import type { Query } from "../search/query.ts";
import type { Actor, Shop, ShopId } from "../shops/shop.ts";
import { type BulkActionId, type BulkKind, bulkLimit, type ChosenChange } from "./bulk-action.ts";

/** The orders of an action: ticked one by one, or all that a query matches. `q` is the query as people read it. */
export type BulkSelection = { kind: "ids"; ids: string[] } | { kind: "query"; query: Query; q: string };

export type DraftOutcome =
  | { outcome: "drafted"; id: BulkActionId }
  | { outcome: "empty" }
  | { outcome: "too_many" };

/** Thrown to leave nothing of a draft behind. */
class NoDraft extends Error {
  readonly outcome: "empty" | "too_many";
  constructor(outcome: "empty" | "too_many") {
    super(`no draft: ${outcome}`);
    this.outcome = outcome;
  }
}

/** @returns what came of it; a draft of no orders, or of too many, is rolled back */
export async function draftOr(draft: Promise<BulkActionId>): Promise<DraftOutcome> {
  try {
    return { outcome: "drafted", id: await draft };
  } catch (error) {
    if (error instanceof NoDraft) return { outcome: error.outcome };
    throw error;
  }
}

/**
 * Takes down which orders an action is for, with the version that each has now: what changes after this moment
 * is somebody else's work and is not overwritten.
 * @param change null when it is to be chosen on the draft's page
 */
export function draftBulkAction(
  db: Db,
  shop: Pick<Shop, "id" | "timeZone" | "currency">,
  { selection, change, actor }: { selection: BulkSelection; change: ChosenChange | null; actor: Actor },
): Promise<DraftOutcome> {
  const { kind, ...input } = change ?? { kind: "undecided" as const };
  const q = selection.kind === "query" ? selection.q : null;
  return draftOr(
    withShop(db, shop.id, async (tx) => {
      const id = await insertAction(tx, shop.id, { kind, input, query: q, undoOf: null, actor });
      // The plan must know the words that it is for.
      await tx.sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`;
      const chosen =
        selection.kind === "ids"
          ? tx.sql`select distinct unnest(${selection.ids}::uuid[]) as order_id`
          : tx.sql`select order_id from desk_orders
                   where ${allOf(tx, compileQuery(tx, orderSearchTable, selection.query, shop))}
                   limit ${bulkLimit + 1}`;
      await tx.sql`
        insert into bulk_items (shop_id, bulk_action_id, position, order_id, opened_version)
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

export async function insertAction(
  tx: Tx,
  shopId: ShopId,
  {
    kind,
    input,
    query,
    undoOf,
    actor,
  }: { kind: BulkKind; input: object; query: string | null; undoOf: BulkActionId | null; actor: Actor },
): Promise<BulkActionId> {
  const id = uuidv7() as BulkActionId;
  await tx.sql`
    insert into bulk_actions (shop_id, id, kind, input, query, undo_of, state, total, actor_id, actor_name)
    values (${shopId}, ${id}, ${kind}, ${JSON.stringify(input)}::text::jsonb, ${query}, ${undoOf}, 'draft', 0,
      ${actor.id}, ${actor.name})`;
  return id;
}

/** Writes down how many orders a new action has. @throws NoDraft when it has none or more than it may */
export async function countItems(tx: Tx, shopId: ShopId, id: BulkActionId): Promise<void> {
  const [row] = await tx.sql<{ total: number }[]>`
    update bulk_actions set total = (
      select count(*)::int from bulk_items where shop_id = ${shopId} and bulk_action_id = ${id})
    where shop_id = ${shopId} and id = ${id} returning total`;
  const total = row?.total ?? 0;
  if (total === 0) throw new NoDraft("empty");
  if (total > bulkLimit) throw new NoDraft("too_many");
}
