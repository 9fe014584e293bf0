import { afterAll, beforeAll, expect, test } from "vitest";
import type { BulkActionId } from "../../app/bulk/bulk-action.ts";
import { findBulkAction } from "../../app/bulk/bulk-actions.server.ts";
import { doneCount } from "../../app/bulk/describe-bulk-action.ts";
import { draftBulkAction } from "../../app/bulk/draft-bulk-action.server.ts";
import { listBulkItems } from "../../app/bulk/list-bulk-items.server.ts";
import { undoBulkAction } from "../../app/bulk/undo-bulk-action.server.ts";
import { bulkKinds } from "../../app/bulk-kinds.server.ts";
import { type Db, withShop } from "../../app/db.server.ts";
import { editOrder } from "../../app/orders/edit-order.server.ts";
import type { OrderId } from "../../app/orders/order.ts";
import { parseOrderQuery } from "../../app/orders/parse-order-query.ts";
import type { Queue } from "../../app/queue.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop } from "../support/app-context.ts";
import type { AppProcesses } from "../support/app-processes.ts";
import {
  anna,
  asChosen,
  ben,
  brokenTimelines,
  draftFor,
  snapshot,
  start,
  testShop,
} from "../support/bulk-actions.ts";
import { holdItemsAt } from "../support/hold-items.ts";
import { insertOrders } from "../support/insert-orders.ts";
import { startBuiltApp } from "../support/start-built-app.ts";

const orderCount = 12_345;

let db: Db;
let queue: Queue;
let app: AppProcesses;
let stop: () => Promise<void>;
let databaseUrl: string;
beforeAll(async () => {
  ({ db, queue, app, databaseUrl, stop } = await startBuiltApp({ max: 4, statementTimeoutMs: 60_000 }));
});
afterAll(() => stop?.());

const ship = { kind: "set_status", status: "SHIPPED" } as const;
const everyOrder = { kind: "query", query: parseOrderQuery("", "UTC").query, q: "" } as const;

test("12,345 orders are collected by a worker that is killed in the middle, each once, and the preview is counted", async () => {
  const { shopId } = await createShop(db);
  const ids = await insertOrders(db, shopId, orderCount);
  const held = await holdItemsAt(databaseUrl, 5_001);
  const worker = await app.startWorker();
  const request = { selection: everyOrder, change: asChosen(ship), actor: anna };
  const drafted = await draftBulkAction({ db, queue }, testShop(shopId), request);
  if (drafted.outcome !== "drafted") throw new Error(drafted.outcome);
  await held.reached();
  process.kill(worker.pid, "SIGKILL");
  await worker.ended;
  await held.release();
  const find = () => findBulkAction(db, bulkKinds, shopId, drafted.id);
  // What the killed worker's last statement had begun is written to its end, or taken back.
  expect(await find()).toMatchObject({ state: "collecting", title: "Set status to Shipped" });

  const next = await app.startWorker();
  await expect.poll(async () => (await find())?.state, { timeout: 60_000, interval: 50 }).toBe("draft");
  expect(await find()).toMatchObject({ total: orderCount, preview: { changed: orderCount, conflicts: 0 } });
  const items = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ id: OrderId }[]>`
      select subject_id as id from bulk_items where bulk_action_id = ${drafted.id} order by position`,
  );
  expect(items.map(({ id }) => id)).toEqual(ids);
  await next.stop();
});

test("12,345 orders change once each through a killed worker; exactly the planted conflicts are reported; an undo restores all", async () => {
  const { shopId } = await createShop(db);
  const ids = await insertOrders(db, shopId, orderCount);
  const before = await snapshot(db, shopId);
  const id = await draftFor({ db, queue }, shopId, everyOrder, ship);
  const planted = [ids[10], ids[6_000], ids[12_000]] as OrderId[];
  for (const orderId of planted) await confirmAs(shopId, orderId);

  await start({ db, queue }, shopId, id);
  const worker = await app.startWorker();
  await expect.poll(() => done(shopId, id), { timeout: 60_000, interval: 5 }).toBeGreaterThan(2_000);
  process.kill(worker.pid, "SIGKILL");
  await worker.ended;
  expect(await done(shopId, id)).toBeLessThan(orderCount);
  await app.startWorker();
  await untilDone(shopId, id);

  expect(await findBulkAction(db, bulkKinds, shopId, id)).toMatchObject({
    total: orderCount,
    changed: orderCount - planted.length,
    conflicts: planted.length,
    unchanged: 0,
    refused: 0,
    failed: 0,
  });
  expect(await conflictsOf(shopId, id)).toEqual(new Set(planted));
  expect(await brokenTimelines(db, shopId)).toEqual([]);
  expect(await versionsMade(shopId, id)).toEqual([{ rows: orderCount - planted.length, most: 1 }]);

  const undo = await undoBulkAction({ db, queue, kinds: bulkKinds }, { shopId, id, actor: anna });
  if (undo.outcome !== "drafted") throw new Error(undo.outcome);
  await untilDone(shopId, undo.id);
  expect(await findBulkAction(db, bulkKinds, shopId, undo.id)).toMatchObject({
    changed: orderCount - planted.length,
    conflicts: 0,
  });
  const after = await snapshot(db, shopId);
  for (const orderId of planted) {
    expect(after.get(orderId)).toMatchObject({ status: "CONFIRMED" });
    after.set(orderId, before.get(orderId) ?? {});
  }
  expect(after).toEqual(before);
  expect(await brokenTimelines(db, shopId)).toEqual([]);
});

test("a small action of another shop does not wait for a big one", async () => {
  const [big, small] = [await createShop(db), await createShop(db)];
  await insertOrders(db, big.shopId, 8_000);
  await insertOrders(db, small.shopId, 5);
  const tag = { kind: "add_tag", tag: "hold" } as const;
  const [bigId, smallId] = [
    await draftFor({ db, queue }, big.shopId, everyOrder, tag),
    await draftFor({ db, queue }, small.shopId, everyOrder, tag),
  ];
  await start({ db, queue }, big.shopId, bigId);
  await expect.poll(() => done(big.shopId, bigId), { timeout: 30_000, interval: 20 }).toBeGreaterThan(0);
  await start({ db, queue }, small.shopId, smallId);
  await untilDone(small.shopId, smallId);
  expect(await done(big.shopId, bigId)).toBeLessThan(8_000);
  await untilDone(big.shopId, bigId);
});

async function confirmAs(shopId: ShopId, orderId: OrderId): Promise<void> {
  const edit = { status: "CONFIRMED" as const, trackingCompany: null, trackingNumber: null, note: null };
  const { outcome } = await editOrder(db, { shopId, orderId, openedVersion: 1, edit, actor: ben });
  expect(outcome).toBe("saved");
}

async function done(shopId: ShopId, id: BulkActionId): Promise<number> {
  const action = await findBulkAction(db, bulkKinds, shopId, id);
  return action ? doneCount(action) : 0;
}

const untilDone = (shopId: ShopId, id: BulkActionId) =>
  expect
    .poll(async () => (await findBulkAction(db, bulkKinds, shopId, id))?.state, {
      timeout: 60_000,
      interval: 50,
    })
    .toBe("done");

async function conflictsOf(shopId: ShopId, id: BulkActionId): Promise<Set<string>> {
  const action = await findBulkAction(db, bulkKinds, shopId, id);
  if (!action) throw new Error("the action is not there");
  const { items } = await listBulkItems(db, bulkKinds, testShop(shopId), action, {
    state: "conflict",
    after: 0,
  });
  return new Set(items.map(({ subjectId }) => subjectId));
}

/** The timeline rows an action has made, and the most that one order has of it. */
const versionsMade = (shopId: ShopId, id: BulkActionId) =>
  withShop(
    db,
    shopId,
    (tx) => tx.sql`
      select sum(rows)::int as rows, max(rows)::int as most
      from (select count(*) as rows from order_events where bulk_action_id = ${id} group by order_id) as made`,
  );
