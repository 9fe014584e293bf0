import { rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import { verifyDocuments } from "../../app/invoices/verify-documents.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { migrate } from "../../drizzle/migrate.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { nextOrderId, orderPayload } from "../support/deliveries.ts";
import { ensureBuilt } from "../support/ensure-built.ts";
import { billablePayload, createInvoicingShop } from "../support/invoices.ts";
import { postWebhook } from "../support/post-webhook.ts";
import { makeScratch } from "../support/postgres-account.ts";
import { createDatabase, initCluster, makeFolder, startServer } from "./drill-server.ts";
import { listen } from "./listen.ts";
import { startPooler } from "./start-pooler.ts";
import { until } from "./until.ts";

/**
 * The app through PgBouncer in transaction mode: `npm run drill:pooler`. Two web and two worker processes share a few
 * connections; deliveries, edits, invoices and live streams must work, and no connection may remember a shop. The same
 * deliveries without the pooler stand beside, for comparison. Needs Debian's `pgbouncer`; without it, it says so.
 */
const deliveries = 1_000;
const edits = 60;
const invoices = 30;
const poolSize = 10;
const shopCount = 20;

interface Shop {
  shopId: ShopId;
  domain: string;
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const must = (holds: boolean, sentence: string) => {
  if (!holds) throw new Error(`Not so: ${sentence}`);
  say(`ok  ${sentence}`);
};

ensureBuilt();
const scratch = makeFolder(makeScratch("atomic-orders-pooler-"));
const server = await startServer(initCluster(join(scratch, "data")));
try {
  await createDatabase(server);
  await migrate(server.url);
  const pooler = await startPooler(join(scratch, "pooler"), server.url, { poolSize });
  try {
    const direct = await deliver(server.url, {});
    say(`without the pooler: ${direct.toFixed(0)} deliveries applied a second`);
    await mustRefuseWrongSettings(pooler.url);
    const db = createDb(`${pooler.url}?prepare=false`, { max: 40, name: "drill" });
    try {
      await mustForgetShops(db);
      await workThroughPooler(db, pooler.url, pooler.consoleUrl);
    } finally {
      await db.close();
    }
    const pooled = await deliver(`${pooler.url}?prepare=false`, { LISTEN_DATABASE_URL: server.url });
    say(`through the pooler: ${pooled.toFixed(0)} deliveries applied a second`);
    say(
      `${cpus().length} cores, ${cpus()[0]?.model ?? ""}; ${poolSize} connections to PostgreSQL in the pool`,
    );
  } finally {
    await pooler.stop();
  }
} finally {
  server.stop();
  rmSync(scratch, { recursive: true, force: true });
}

/** Prepared statements, which a pooler of 1.18 cannot keep, must show; else the setting would prove nothing. */
async function mustRefuseWrongSettings(url: string): Promise<void> {
  const db = createDb(url, { max: 20, name: "drill" });
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, () => withShop(db, crypto.randomUUID() as ShopId, (tx) => tx.sql`select 1`)),
  );
  await db.close();
  const failed = results.filter(({ status }) => status === "rejected").length;
  must(failed > 0, `without prepare=false ${failed} of 100 transactions fail`);
}

/** Many shops over few connections: each sees its own row, and between transactions no connection knows a shop. */
async function mustForgetShops(db: Db): Promise<void> {
  const shops = await Promise.all(Array.from({ length: shopCount }, () => createShop(db)));
  const seen = await Promise.all(
    Array.from({ length: 400 }, async (_, place) => {
      const { shopId } = shops[place % shops.length] as Shop;
      const rows = await withShop(
        db,
        shopId,
        (tx) => tx.sql<{ id: string }[]>`select id, pg_sleep(0.002) from shops`,
      );
      return rows.length === 1 && rows[0]?.id === shopId;
    }),
  );
  must(seen.every(Boolean), `400 transactions of ${shopCount} shops see their own shop and no other`);
  const idle = await Promise.all(
    Array.from(
      { length: 200 },
      () => db.sql<{ shop: string | null; role: string; rows: number }[]>`
        select current_setting('app.shop_id', true) as shop, current_user as role,
               (select count(*)::int from shops) as rows, pg_sleep(0.002)`,
    ),
  );
  must(
    idle.flat().every(({ shop, role, rows }) => !shop && role === "atomic_orders_app" && rows === 0),
    "200 statements outside a transaction know no shop, see no row and run as the restricted role",
  );
}

async function workThroughPooler(db: Db, poolerUrl: string, consoleUrl: string): Promise<void> {
  const app = await startApp(`${poolerUrl}?prepare=false`, { LISTEN_DATABASE_URL: server.url });
  try {
    const second = await app.startWeb();
    await app.startWorker();
    await app.startWorker();
    for (const url of [app.appUrl, second.url])
      await until("ready", async () => (await fetch(`${url}/readyz`)).status === 200);
    say("ok  two web processes are ready");
    const [shop, other] = [await createShop(db), await createShop(db)];
    for (const { shopId } of [shop, other])
      await withShop(
        db,
        shopId,
        (tx) => tx.sql`insert into staff_members (shop_id, shopify_user_id, name)
                       values (${shopId}, 1001, 'Anna Berg')`,
      );
    const tokenOf = ({ domain }: Shop) => signSessionToken({ shop: domain, userId: 1001, ...app.secrets });
    const mine = await listen(second.url, tokenOf(shop));
    const theirs = await listen(second.url, tokenOf(other));
    await send(app, shop.domain, edits);
    await until("every order is there", async () => (await countOrders(db, shop)) === edits);
    await until("the stream hears of it", async () => mine.text.includes("ORDER_SYNCED"));
    must(!theirs.text.includes("ORDER_"), "a stream hears of its shop's orders and of no other's");
    await saveEdits(db, shop, [app.appUrl, second.url], tokenOf(shop));
    for (const stream of [mine, theirs]) stream.end();
    await issueInvoices(db, app);
    const sql = postgres(consoleUrl, { max: 1, fetch_types: false, prepare: false });
    const pools = await sql.unsafe("show pools").simple();
    await sql.end();
    const pool = pools.find(({ database }) => database === "atomic_orders");
    const held = Number(pool?.sv_active) + Number(pool?.sv_idle) + Number(pool?.sv_used);
    const clients = Number(pool?.cl_active) + Number(pool?.cl_waiting);
    must(held <= poolSize, `${clients} connections of the app share ${held} to PostgreSQL`);
  } finally {
    await app.stop();
  }
}

async function saveEdits(db: Db, { shopId }: Shop, urls: string[], token: string): Promise<void> {
  const orders = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ id: string; version: number }[]>`select id, version from orders`,
  );
  const statuses = await Promise.all(
    orders.map(async ({ id, version }, place) => {
      const body = new URLSearchParams({
        ...{ version: String(version), status: "CONFIRMED", note: `note ${place}`, answer: "data" },
        ...{ trackingCompany: "", trackingNumber: "" },
      });
      const url = `${urls[place % urls.length]}/app/orders/${id}/edit?_data=routes/app.orders.$orderId.edit`;
      return (await fetch(url, { method: "POST", headers: { Authorization: `Bearer ${token}` }, body }))
        .status;
    }),
  );
  const [row] = await withShop(
    db,
    shopId,
    (tx) =>
      tx.sql`select count(*) filter (where note like 'note %' and version = 2)::int as saved from orders`,
  );
  must(
    statuses.every((status) => status === 200) && row?.saved === edits,
    `${edits} edits through both web processes are saved, each once`,
  );
}

async function issueInvoices(db: Db, app: AppProcesses): Promise<void> {
  const { shopId, domain } = await createInvoicingShop({ db }, { trigger: "paid" });
  await Promise.all(
    Array.from({ length: invoices }, () =>
      post(app, domain, billablePayload({ id: nextOrderId(), financial_status: "paid" })),
    ),
  );
  await until("every invoice is issued and rendered", async () => {
    const [row] = await withShop(
      db,
      shopId,
      (tx) => tx.sql`select (select count(*)::int from documents) as documents,
                            (select count(*)::int from document_files) as files`,
    );
    return row?.documents === invoices && row?.files === invoices;
  });
  const { documents, files, tampering } = await verifyDocuments(db);
  must(
    tampering === null && documents === invoices && files === invoices,
    `${invoices} invoices are issued and rendered, numbered 1 to ${invoices}, as they were issued`,
  );
}

/** Deliveries through one web and two worker processes. @returns applied a second, from the first sent to the last applied */
async function deliver(url: string, env: Record<string, string>): Promise<number> {
  const db = createDb(url, { max: 2, name: "drill" });
  const app = await startApp(url, env);
  try {
    await app.startWorker();
    await app.startWorker();
    const shop = await createShop(db);
    await send(app, shop.domain, 100);
    await until("the first orders are there", async () => (await countOrders(db, shop)) === 100);
    const startedAt = performance.now();
    await send(app, shop.domain, deliveries);
    await until("all orders are there", async () => (await countOrders(db, shop)) === deliveries + 100);
    return deliveries / ((performance.now() - startedAt) / 1_000);
  } finally {
    await app.stop();
    await db.close();
  }
}

async function countOrders(db: Db, { shopId }: Shop): Promise<number> {
  const [row] = await withShop(db, shopId, (tx) => tx.sql`select count(*)::int as count from orders`);
  return row?.count;
}

async function send(app: AppProcesses, domain: string, count: number): Promise<void> {
  let left = count;
  const lane = async () => {
    while (left-- > 0) await post(app, domain, orderPayload({ id: nextOrderId() }));
  };
  await Promise.all(Array.from({ length: 20 }, lane));
}

async function post(app: AppProcesses, shopDomain: string, body: string): Promise<void> {
  const { status } = await postWebhook({
    ...{ appUrl: app.appUrl, secret: app.secrets.apiSecret, shopDomain, body },
    topic: "orders/create",
  });
  if (status !== 200) throw new Error(`a delivery was answered ${status}`);
}
