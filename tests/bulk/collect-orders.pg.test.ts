import { expect, test } from "vitest";
import type { BulkActionId } from "../../app/bulk/bulk-action.ts";
import { findBulkAction } from "../../app/bulk/bulk-actions.server.ts";
import { cancelAction } from "../../app/bulk/cancel-bulk-action.server.ts";
import { collectOrders } from "../../app/bulk/collect-orders.server.ts";
import { draftBulkAction } from "../../app/bulk/draft-bulk-action.server.ts";
import { startBulkAction } from "../../app/bulk/start-bulk-action.server.ts";
import { wakeForBulkActions } from "../../app/bulk/wake-for-bulk-actions.server.ts";
import { bulkKinds } from "../../app/bulk-kinds.server.ts";
import { createDb, withShop } from "../../app/db.server.ts";
import type { OrderId } from "../../app/orders/order.ts";
import { parseOrderQuery } from "../../app/orders/parse-order-query.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { anna, testShop } from "../support/bulk-actions.ts";
import { holdItemsAt } from "../support/hold-items.ts";
import { insertOrders } from "../support/insert-orders.ts";

/** Nobody waits for more than ten orders here, so that a job collects them. */
const context = Object.assign(openAppContext(), { waitedFor: 10 });
const orderCount = 1_050;
const chunk = 100;

/** Drafts an action that a job has to collect. */
async function draftBig(shopId: ShopId, q: string): Promise<BulkActionId> {
  const { query } = parseOrderQuery(q, "Europe/Berlin");
  const selection = { kind: "query" as const, query, q };
  const request = { selection, change: null, actor: anna };
  const drafted = await draftBulkAction(context, testShop(shopId), request);
  if (drafted.outcome !== "drafted") throw new Error(drafted.outcome);
  return drafted.id;
}

const collect = (shopId: ShopId, id: BulkActionId, db = context.db) =>
  collectOrders({ db, queue: context.queue }, shopId, id, new AbortController().signal, chunk);

const find = (shopId: ShopId, id: BulkActionId) => findBulkAction(context.db, bulkKinds, shopId, id);

function itemsOf(shopId: ShopId, id: BulkActionId) {
  return withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ position: number; id: OrderId; version: number }[]>`
      select position, subject_id as id, opened_version as version from bulk_items
      where shop_id = ${shopId} and bulk_action_id = ${id} order by position`,
  );
}

/** Changes an order as somebody else would, with a new version. */
function setStatus(shopId: ShopId, ids: (OrderId | undefined)[], status: string) {
  return withShop(
    context.db,
    shopId,
    (tx) => tx.sql`
      update orders set status = ${status}, version = version + 1
      where id = any(${ids.map(String)}::uuid[])`,
  );
}

test("a big selection is what matched at one moment, however many chunks it takes and whatever changes meanwhile", async () => {
  const { shopId } = await createShop(context.db);
  const ids = await insertOrders(context.db, shopId, orderCount);
  await setStatus(shopId, [ids[20], ids[1_000]], "SHIPPED");
  const id = await draftBig(shopId, "status:pending");
  expect(await find(shopId, id)).toMatchObject({ state: "collecting", total: 0, expected: orderCount - 2 });

  const held = await holdItemsAt(context.url, 401);
  const collecting = collect(shopId, id);
  await held.reached();
  expect(await find(shopId, id)).toMatchObject({ state: "collecting", total: 400, title: "Change orders" });
  // Some match no more, one only now, one has a new version, behind the place that is reached and before it.
  await setStatus(shopId, [ids[0], ids[900], ids[901]], "CONFIRMED");
  await setStatus(shopId, [ids[20], ids[950], ids[1_000]], "PENDING");
  await held.release();
  await collecting;

  const expected = ids.filter((one) => one !== ids[20] && one !== ids[1_000]);
  const items = await itemsOf(shopId, id);
  expect(items.map((item) => item.id)).toEqual(expected);
  expect(items.map(({ position }) => position)).toEqual(expected.map((_, index) => index + 1));
  expect(new Set(items.map(({ version }) => version))).toEqual(new Set([1]));
  expect(await find(shopId, id)).toMatchObject({ state: "draft", total: orderCount - 2, expected: null });
});

test("a collecting that lost its snapshot in the middle begins anew: each order once", async () => {
  const { shopId } = await createShop(context.db);
  const ids = await insertOrders(context.db, shopId, orderCount);
  const id = await draftBig(shopId, "");
  const held = await holdItemsAt(context.url, 601);
  const doomed = createDb(context.url, { max: 3, name: "doomed" });
  const collecting = collect(shopId, id, doomed).catch((error: unknown) => error);
  await held.reached();
  // The reading connection with its lock, while a chunk is being written on another one.
  await held.owner`
    select pg_terminate_backend(pid, 20000) from pg_stat_activity
    where application_name = 'doomed' and state = 'idle in transaction'`;
  const again = collect(shopId, id);
  await held.release();
  expect(await collecting).toBeInstanceOf(Error);
  await again;
  expect((await itemsOf(shopId, id)).map((item) => item.id)).toEqual(ids);
  expect(await find(shopId, id)).toMatchObject({ state: "draft", total: orderCount });
  await doomed.close();
});

test("of two collectors of one action one does it and the other leaves at once", async () => {
  const { shopId } = await createShop(context.db);
  await insertOrders(context.db, shopId, orderCount);
  const id = await draftBig(shopId, "");
  const held = await holdItemsAt(context.url, 101);
  const first = collect(shopId, id);
  await held.reached();
  await collect(shopId, id);
  expect(await find(shopId, id)).toMatchObject({ state: "collecting", total: 100 });
  await held.release();
  await first;
  expect(await itemsOf(shopId, id)).toHaveLength(orderCount);
});

test("a collecting that somebody stops takes nothing more down", async () => {
  const { shopId } = await createShop(context.db);
  await insertOrders(context.db, shopId, orderCount);
  const id = await draftBig(shopId, "");
  const held = await holdItemsAt(context.url, 101);
  const collecting = collect(shopId, id);
  await held.reached();
  const stopping = cancelAction(context.db, shopId, id);
  await held.release();
  expect(await stopping).toBe(true);
  await collecting;
  const { length } = await itemsOf(shopId, id);
  expect(length).toBeLessThan(orderCount);
  expect(await find(shopId, id)).toMatchObject({ state: "cancelled", total: length, changed: 0 });
  await collect(shopId, id);
  expect(await itemsOf(shopId, id)).toHaveLength(length);
});

test("a big selection of which nothing matches any more cannot be started, because no order would end it", async () => {
  const { shopId } = await createShop(context.db);
  await insertOrders(context.db, shopId, 20);
  const { query } = parseOrderQuery("", "Europe/Berlin");
  const change = { kind: "add_tag", input: { tag: "x" } };
  const request = { selection: { kind: "query" as const, query, q: "tag:none" }, change, actor: anna };
  const drafted = await draftBulkAction(context, testShop(shopId), request);
  if (drafted.outcome !== "drafted") throw new Error(drafted.outcome);
  await collect(shopId, drafted.id);
  expect(await find(shopId, drafted.id)).toMatchObject({ state: "draft", total: 0 });
  expect(await startBulkAction(context, { shopId, id: drafted.id, actor: anna })).toBe(false);
});

test("a collecting whose query an erasure took away is stopped", async () => {
  const { shopId } = await createShop(context.db);
  await insertOrders(context.db, shopId, 20);
  const id = await draftBig(shopId, "customer:buyer");
  await withShop(context.db, shopId, (tx) => tx.sql`update bulk_actions set query = null`);
  await collect(shopId, id);
  expect(await find(shopId, id)).toMatchObject({ state: "cancelled", total: 0 });
});

test("a collecting whose job died gets another one of the same kind", async () => {
  const { shopId } = await createShop(context.db);
  await insertOrders(context.db, shopId, 20);
  const id = await draftBig(shopId, "");
  const jobs = () =>
    context.db.sql`select name from pgboss.job where singleton_key = ${id} and state = 'created'`;
  expect(await jobs()).toEqual([{ name: "collect-bulk-orders" }]);
  await context.db.sql`delete from pgboss.job where singleton_key = ${id}`;
  await withShop(
    context.db,
    shopId,
    (tx) => tx.sql`update bulk_actions set worked_at = now() - interval '1 minute' where id = ${id}`,
  );
  await wakeForBulkActions(context.db, context.queue);
  expect(await jobs()).toEqual([{ name: "collect-bulk-orders" }]);
});

test("a stranger's shop collects none of it", async () => {
  const [mine, theirs] = [await createShop(context.db), await createShop(context.db)];
  await insertOrders(context.db, theirs.shopId, 20);
  const id = await draftBig(theirs.shopId, "");
  await collect(mine.shopId, id);
  expect(await cancelAction(context.db, mine.shopId, id)).toBe(false);
  expect(await find(theirs.shopId, id)).toMatchObject({ state: "collecting", total: 0 });
});
