import { afterAll, beforeAll, expect, test } from "vitest";
import { findBulkAction } from "../../app/bulk/bulk-actions.server.ts";
import { doneCount } from "../../app/bulk/describe-bulk-action.ts";
import { draftBulkAction } from "../../app/bulk/draft-bulk-action.server.ts";
import { bulkKinds } from "../../app/bulk-kinds.server.ts";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import { auditNumbers } from "../../app/invoices/audit-numbers.server.ts";
import { openQueue, type Queue } from "../../app/queue.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { openInbox } from "../../app/webhooks/receive-webhook.server.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { anna, start, testShop } from "../support/bulk-actions.ts";
import { shopWithOrdersToBill } from "../support/copy-orders.ts";
import { createTestDatabase } from "../support/test-database.ts";

const orderCount = 300;

let db: Db;
let queue: Queue;
let app: AppProcesses;
let drop: () => Promise<void>;
let url: string;
beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  url = database.url;
  db = createDb(database.url, { max: 6, name: "test", statementTimeoutMs: 60_000 });
  queue = await openQueue(db, (error) => {
    throw error;
  });
  app = await startApp(database.url);
});
afterAll(async () => {
  await app?.stop();
  await queue?.stop();
  await db?.close();
  await drop?.();
});

test("a bulk issue of 300 whose worker is killed in the middle ends with each order invoiced once, numbered 1 to 300", async () => {
  const { shopId, orderIds } = await shopWithOrdersToBill(
    { url, db, queue, receive: openInbox(db, queue) },
    orderCount,
  );
  const drafted = await draftBulkAction({ db, queue }, testShop(shopId), {
    selection: { kind: "ids", ids: orderIds },
    change: { kind: "issue_invoices", input: {} },
    actor: anna,
  });
  if (drafted.outcome !== "drafted") throw new Error(drafted.outcome);
  const find = () => findBulkAction(db, bulkKinds, shopId, drafted.id);
  // It works from the last position on. The first chunk gets through, the second one stands before this order when
  // its worker dies.
  const held = await holdOrderAt(shopId, drafted.id, 50);
  await start({ db, queue }, shopId, drafted.id);
  const worker = await app.startWorker();
  await held.reached();
  process.kill(worker.pid, "SIGKILL");
  await worker.ended;
  const halfway = await find();
  expect(halfway && doneCount(halfway)).toBe(200);
  await held.release();

  await app.startWorker();
  await expect.poll(async () => (await find())?.state, { timeout: 60_000, interval: 50 }).toBe("done");
  expect(await find()).toMatchObject({ changed: orderCount, unchanged: 0, refused: 0, failed: 0 });
  const rows = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ orderId: string; sequence: number }[]>`
      select order_id as "orderId", sequence::int as sequence from documents order by sequence`,
  );
  expect(rows.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: orderCount }, (_, place) => place + 1),
  );
  expect(new Set(rows.map(({ orderId }) => orderId))).toEqual(new Set(orderIds));
  expect((await auditNumbers(db, shopId)).findings).toEqual([]);
});

/** Keeps the order of an item to itself, so that the chunk with it waits. */
async function holdOrderAt(shopId: ShopId, id: string, position: number) {
  const locked = Promise.withResolvers<number>();
  const letGo = Promise.withResolvers<void>();
  const holding = withShop(db, shopId, async ({ sql }) => {
    await sql`
      select from orders where id = (
        select subject_id from bulk_items where bulk_action_id = ${id} and position = ${position}) for update`;
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    locked.resolve(row?.pid ?? 0);
    await letGo.promise;
  });
  const pid = await locked.promise;
  const waits = async () => {
    const [row] = await db.sql<{ waits: boolean }[]>`
      select exists (select from pg_locks where not granted and ${pid} = any(pg_blocking_pids(pg_locks.pid))) as waits`;
    return row?.waits ?? false;
  };
  return {
    reached: () => expect.poll(waits, { timeout: 60_000, interval: 20 }).toBe(true),
    async release() {
      letGo.resolve();
      await holding;
    },
  };
}
