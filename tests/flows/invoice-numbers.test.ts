import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withShop, withSystem } from "../../app/db.server.ts";
import { auditNumbers } from "../../app/invoices/audit-numbers.server.ts";
import { issueInvoices } from "../../app/invoices/issue-invoices.server.ts";
import { verifyDocuments } from "../../app/invoices/verify-documents.server.ts";
import { countChange } from "../../app/live/notify-shop.server.ts";
import { openQueue, type Queue } from "../../app/queue.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createRandom } from "../shopify-simulator/random.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { nextOrderId } from "../support/deliveries.ts";
import { anna, billablePayload, createInvoicingShop } from "../support/invoices.ts";
import { installMovedClock, moveClockToNextYear } from "../support/moved-clock.ts";
import { postWebhook } from "../support/post-webhook.ts";
import { createTestDatabase } from "../support/test-database.ts";

const issuerCount = 200;
const orderCount = 120;
const workerKills = 4;

let db: Db;
let url: string;
let queue: Queue;
let app: AppProcesses;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  url = database.url;
  db = createDb(database.url, { max: 40, name: "test", statementTimeoutMs: 60_000 });
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

test("200 issuers, a fifth of them rolled back, workers killed and a year that changes leave each series 1 … n", async () => {
  const random = createRandom(20_261_125);
  const { shopId, domain } = await createInvoicingShop({ db }, { trigger: "paid" });
  const [year] = await readYear(shopId);
  await sendOrders(domain, 1);
  const first = await app.startWorker();
  await expect.poll(() => countDocuments(shopId), { timeout: 30_000 }).toBe(1);
  const open = await copyOpenOrder(shopId, domain, issuerCount);
  process.kill(first.pid, "SIGKILL");
  await first.ended;
  await installMovedClock({ url });

  // Half of the issuers are at it when the year ends, workers too; the other half comes after.
  const killing = killWorkers(random);
  const issueSome = (orderIds: string[]) =>
    orderIds.map((orderId, place) => issue(shopId, orderId, place % 5 === 0));
  const sending = sendOrders(domain, orderCount);
  const before = issueSome(open.slice(0, issuerCount / 2));
  await Promise.race(before.slice(1));
  await moveClockToNextYear({ url });
  const after = issueSome(open.slice(issuerCount / 2));
  await sending;
  const issued = (await Promise.all([...before, ...after])).filter(Boolean).length;
  await killing.stop();
  await app.startWorker();
  await everyDeliveryIsFinal();

  expect(issued).toBe((issuerCount * 4) / 5);
  expect(killing.kills).toBeGreaterThanOrEqual(workerKills);
  const series = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ year: number; numbers: string[] }[]>`
      select s.year, array_agg(d.number order by d.sequence) as numbers from documents d
      join number_series s on s.shop_id = d.shop_id and s.id = d.series_id
      where d.kind = 'invoice' group by s.year order by s.year`,
  );
  const inYear = (year: number, count: number) =>
    Array.from({ length: count }, (_, place) => `INV-${year}-${String(place + 1).padStart(4, "0")}`);
  expect(series.map((one) => one.year)).toEqual([year, year + 1]);
  for (const one of series) expect(one.numbers).toEqual(inYear(one.year, one.numbers.length));
  expect(series.flatMap(({ numbers }) => numbers)).toHaveLength(1 + orderCount + issued);
  expect((await auditNumbers(db, shopId)).findings).toEqual([]);
  expect((await verifyDocuments(db)).tampering).toBeNull();
  // One invoice for each order that was delivered, whatever happened to the worker that applied it.
  const orders = await withShop(
    db,
    shopId,
    (tx) =>
      tx.sql`select order_id from documents where trigger = 'paid' group by order_id having count(*) = 1`,
  );
  expect(orders).toHaveLength(1 + orderCount);
});

test("two workers that apply many orders of one shop at once bill each once and never block each other for good", async () => {
  const { shopId, domain } = await createInvoicingShop({ db }, { trigger: "paid" });
  await Promise.all([app.startWorker(), app.startWorker()]);
  const ids = Array.from({ length: 60 }, () => nextOrderId());
  await sendAll(domain, ids, { financial_status: "paid" });
  // Refunds of the first half while payments of others come in: both series are wanted by both workers.
  const refund = { mugs: 1, minute: 9, financial_status: "partially_refunded", total_outstanding: "0.00" };
  await Promise.all([
    sendAll(domain, ids.slice(0, 30), refund),
    sendAll(
      domain,
      Array.from({ length: 60 }, () => nextOrderId()),
      { financial_status: "paid" },
    ),
    sendAll(domain, ids.slice(30).reverse(), refund),
  ]);
  await everyDeliveryIsFinal();
  const rows = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ kind: string; documents: number; orders: number; grossMinor: string }[]>`
      select kind, count(*)::int as documents, count(distinct order_id)::int as orders from documents group by kind`,
  );
  const invoices = rows.find(({ kind }) => kind === "invoice");
  expect(invoices).toMatchObject({ documents: 120, orders: 120 });
  const [wrong] = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ orders: number }[]>`
      select count(*)::int as orders from (
        select o.id from orders o join documents d on d.shop_id = o.shop_id and d.order_id = o.id
        group by o.shop_id, o.id
        having sum(case d.kind when 'invoice' then d.gross_minor else -d.gross_minor end) <> max(o.presentment_total_minor)) w`,
  );
  expect(wrong?.orders).toBe(0);
  expect(await countByStatus()).not.toHaveProperty("failed");
  // A deadlock would be tried again and so go unseen.
  const [statistics] = await db.sql<{ deadlocks: string }[]>`
    select deadlocks from pg_stat_database where datname = current_database()`;
  expect(statistics?.deadlocks).toBe("0");
  expect((await auditNumbers(db, shopId)).findings).toEqual([]);
});

async function readYear(shopId: ShopId): Promise<[number]> {
  const [row] = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ year: number }[]>`
      select extract(year from now() at time zone time_zone)::int as year from shops where id = ${shopId}`,
  );
  return [row?.year ?? 0];
}

/** Stores an order that nobody has paid, and copies of it, bills and all. @returns their ids */
async function copyOpenOrder(shopId: ShopId, domain: string, count: number): Promise<string[]> {
  const shopifyOrderId = nextOrderId();
  await sendAll(domain, [shopifyOrderId], { financial_status: "pending" });
  await everyDeliveryIsFinal();
  return withShop(db, shopId, async ({ sql }) => {
    await sql`
      insert into orders select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(),
        'shopify_order_id', 1000 + place))).*
      from orders o, generate_series(2, ${count}::int) place where o.shopify_order_id = ${shopifyOrderId}`;
    await sql`
      insert into order_bills select (jsonb_populate_record(b, jsonb_build_object('order_id', o.id))).*
      from orders o, orders first join order_bills b on b.order_id = first.id
      where first.shopify_order_id = ${shopifyOrderId} and o.shopify_order_id between 1002 and 1000 + ${count}::int`;
    const rows = await sql<{ id: string }[]>`select id from orders where financial_status = 'pending'`;
    return rows.map(({ id }) => id);
  });
}

/** Issues an order's invoice by the app's own function. @returns false when it was rolled back */
async function issue(shopId: ShopId, orderId: string, rollBack: boolean): Promise<boolean> {
  try {
    await withShop(db, shopId, async (tx) => {
      const asked = { shopId, orderIds: [orderId], trigger: "by_hand" as const, actor: anna };
      const [outcome] = await issueInvoices(tx, queue, asked);
      expect(outcome?.outcome).toBe("issued");
      await countChange(tx, shopId);
      if (rollBack) throw new RolledBack();
    });
    return true;
  } catch (error) {
    if (error instanceof RolledBack) return false;
    throw error;
  }
}

class RolledBack extends Error {}

const sendOrders = (domain: string, count: number) =>
  sendAll(
    domain,
    Array.from({ length: count }, () => nextOrderId()),
    { financial_status: "paid" },
  );

async function sendAll(shopDomain: string, ids: string[], fields: object): Promise<void> {
  const waiting = [...ids];
  const { appUrl } = app;
  const secret = app.secrets.apiSecret;
  const sender = async () => {
    for (let id = waiting.shift(); id; id = waiting.shift()) {
      const { status } = await postWebhook({
        appUrl,
        secret,
        shopDomain,
        body: billablePayload({ id, ...fields }),
      });
      expect(status).toBe(200);
    }
  };
  await Promise.all(Array.from({ length: 6 }, sender));
}

function killWorkers(random: ReturnType<typeof createRandom>) {
  let stopped = false;
  const killing = { kills: 0, stop: async () => {} };
  const loop = (async () => {
    while (!stopped || killing.kills < workerKills) {
      const worker = await app.startWorker();
      await sleep(700 + random.integer(0, 600));
      process.kill(worker.pid, "SIGKILL");
      await worker.ended;
      killing.kills += 1;
    }
  })();
  killing.stop = async () => {
    stopped = true;
    await loop;
  };
  return killing;
}

const countDocuments = (shopId: ShopId) =>
  withShop(db, shopId, async (tx) => (await tx.sql`select from documents`).length);

async function countByStatus(): Promise<Record<string, number>> {
  const rows = await withSystem(
    db,
    (tx) => tx.sql<{ status: string; count: number }[]>`
      select status, count(*)::int as count from webhook_events group by status`,
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

async function everyDeliveryIsFinal(): Promise<void> {
  await expect
    .poll(async () => (await countByStatus()).received ?? 0, { timeout: 90_000, interval: 200 })
    .toBe(0);
}
