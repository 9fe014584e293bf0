import { type Db, type Tx, withShop } from "../db.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import { countItems, type DraftOutcome, draftOr, insertAction } from "./draft-bulk-action.server.ts";
import {
  orderNameKey,
  type ParsedTracking,
  type TrackingLine,
  type TrackingProblem,
} from "./parse-tracking-lines.ts";

/**
 * More names than this are not searched for: a query of five hundred words took 0.6 s in a shop of 12,345 orders
 * without statistics, going through the orders once 0.01 s.
 */
const searchedNames = 200;

interface NamedOrder {
  id: string;
  name: string;
  version: number;
}

/**
 * Drafts the change of tracking numbers from pasted lines: each line that names one order becomes an item, every
 * other one is kept with its verdict.
 * @returns also the problems, for a paste without a single good line
 */
export async function draftTracking(
  db: Db,
  shopId: ShopId,
  { lines, problems }: ParsedTracking,
  actor: Actor,
): Promise<DraftOutcome & { problems: TrackingProblem[] }> {
  const found = await withShop(db, shopId, (tx) => findByName(tx, shopId, lines));
  const isGood = ({ key }: TrackingLine) => found.get(key)?.length === 1;
  const good = lines.filter(isGood);
  const bad = lines
    .filter((line) => !isGood(line))
    .map(
      ({ line, text, key }): TrackingProblem => ({
        line,
        text,
        verdict: found.has(key) ? "ambiguous" : "unknown",
      }),
    );
  const all = [...problems, ...bad].sort((a, b) => a.line - b.line);
  const drafted = await draftOr(
    withShop(db, shopId, async (tx) => {
      const input = { problems: all };
      const id = await insertAction(tx, shopId, {
        kind: "set_tracking",
        input,
        actor,
        state: "draft",
      });
      const items = good.map((line, index) => toItem(line, index + 1, found));
      await tx.sql`
        insert into bulk_items (shop_id, bulk_action_id, position, subject_id, opened_version, input)
        select ${shopId}::uuid, ${id}::uuid, r.position, r.id, r.version, r.input
        from json_to_recordset(${JSON.stringify(items)}::text::json) as r (position int, id uuid, version int, input jsonb)`;
      await countItems(tx, shopId, id);
      return id;
    }),
  );
  return { ...drafted, problems: all };
}

function toItem(
  { key, line, trackingCompany, trackingNumber }: TrackingLine,
  position: number,
  found: Map<string, NamedOrder[]>,
) {
  const [order] = found.get(key) ?? [];
  const company = trackingCompany === null ? {} : { trackingCompany };
  return { position, id: order?.id, version: order?.version, input: { line, trackingNumber, ...company } };
}

/** The orders of each name. */
async function findByName(tx: Tx, shopId: ShopId, lines: TrackingLine[]): Promise<Map<string, NamedOrder[]>> {
  const keys = lines.map(({ key }) => key);
  const orders =
    keys.length > searchedNames ? await readNames(tx, shopId, keys) : await searchNames(tx, shopId, keys);
  const wanted = new Set(keys);
  return Map.groupBy(
    orders.filter(({ name }) => wanted.has(orderNameKey(name))),
    ({ name }) => orderNameKey(name),
  );
}

/** A few names, by the search's index of exact ones. */
async function searchNames(tx: Tx, shopId: ShopId, keys: string[]): Promise<NamedOrder[]> {
  await tx.sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`;
  return tx.sql<NamedOrder[]>`
    select o.*
    from (select order_id from desk_orders where words @@ search_exact_query('name', ${keys}::text[]) offset 0) as named
    cross join lateral (
      select id, name, version from orders
      where shop_id = ${shopId} and id = named.order_id and deleted_at is null offset 0) o`;
}

/** Many names, by going through the shop's orders once: PostgreSQL hashes the list. */
function readNames(tx: Tx, shopId: ShopId, keys: string[]): Promise<NamedOrder[]> {
  return tx.sql<NamedOrder[]>`
    select id, name, version from orders
    where shop_id = ${shopId} and deleted_at is null and lower(ltrim(name, '#')) = any(${keys}::text[])`;
}
