import { setTimeout as sleep } from "node:timers/promises";
import type { BulkActionId, ChosenChange } from "../../app/bulk/bulk-action.ts";
import { findBulkAction } from "../../app/bulk/bulk-actions.server.ts";
import type { Chosen } from "../../app/bulk/bulk-kind.ts";
import { collectOrders } from "../../app/bulk/collect-orders.server.ts";
import { type BulkSelection, draftBulkAction } from "../../app/bulk/draft-bulk-action.server.ts";
import { runBulkAction } from "../../app/bulk/run-bulk-action.server.ts";
import { startBulkAction } from "../../app/bulk/start-bulk-action.server.ts";
import { bulkKinds } from "../../app/bulk-kinds.server.ts";
import { type Db, withShop } from "../../app/db.server.ts";
import type { Queue } from "../../app/queue.server.ts";
import type { Actor, ShopId } from "../../app/shops/shop.ts";

export const anna: Actor = { kind: "merchant", id: "1001", name: "Anna Berg" };
export const ben: Actor = { kind: "merchant", id: "1002", name: "Ben Costa" };

export const testShop = (id: ShopId) => ({ id, timeZone: "Europe/Berlin", currency: "EUR" });

/** A change as the draft's page chooses it. */
export const asChosen = ({ kind, ...input }: ChosenChange): Chosen => ({ kind, input });

/** Drafts a bulk action that must have orders, and takes all of them down however many they are. */
export async function draftFor(
  services: { db: Db; queue: Queue },
  shopId: ShopId,
  selection: BulkSelection,
  change: ChosenChange | null,
): Promise<BulkActionId> {
  const drafted = await draftBulkAction(services, testShop(shopId), {
    selection,
    change: change && asChosen(change),
    actor: anna,
  });
  if (drafted.outcome !== "drafted") throw new Error(`no draft: ${drafted.outcome}`);
  const { signal } = new AbortController();
  await collectOrders(services, shopId, drafted.id, signal);
  await runBulkAction({ ...services, kinds: bulkKinds }, shopId, drafted.id, signal);
  // Where workers run one of them may have been the first, and the two calls above have returned at once.
  const state = async () => (await findBulkAction(services.db, bulkKinds, shopId, drafted.id))?.state;
  while (/^(collecting|counting)$/.test((await state()) ?? "")) await sleep(20);
  return drafted.id;
}

export async function start(
  services: { db: Db; queue: Queue },
  shopId: ShopId,
  id: BulkActionId,
): Promise<void> {
  if (!(await startBulkAction(services, { shopId, id, actor: anna })))
    throw new Error("the draft did not start");
}

/** What bulk actions can change of every order, by order: two of them are equal when nothing has changed. */
export async function snapshot(db: Db, shopId: ShopId): Promise<Map<string, object>> {
  const rows = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ id: string }[]>`
      select id, status, tracking_company, tracking_number, note, tags, needs_review, deleted_at from orders
      where shop_id = ${shopId} order by id`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Orders whose timeline has not exactly one row for each version. */
export function brokenTimelines(db: Db, shopId: ShopId) {
  return withShop(
    db,
    shopId,
    (tx) => tx.sql<{ id: string }[]>`
      select o.id from orders o join order_events e on e.shop_id = o.shop_id and e.order_id = o.id
      where o.shop_id = ${shopId} group by o.id, o.version
      having count(*) <> o.version or max(e.version) <> o.version or min(e.version) <> 1`,
  );
}
