import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withSystem } from "../../app/db.server.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { orderPayload } from "../support/deliveries.ts";
import { postWebhook } from "../support/post-webhook.ts";
import { asSuperuser } from "../support/superuser.ts";
import { createTestDatabase } from "../support/test-database.ts";

let db: Db;
let app: AppProcesses;
let url: string;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  url = database.url;
  db = createDb(database.url, { max: 4, name: "test" });
  app = await startApp(database.url);
});
afterAll(async () => {
  await app?.stop();
  await db?.close();
  await drop?.();
});

const countOpen = () =>
  withSystem(db, async (tx) => (await tx.sql`select from webhook_events where status = 'received'`).length);

test("SIGTERM lets a worker finish what it has begun and end by itself; the next one does the rest", async () => {
  const { domain } = await createShop(db);
  const { apiSecret: secret } = app.secrets;
  const send = () => postWebhook({ appUrl: app.appUrl, secret, shopDomain: domain, body: orderPayload() });
  await Promise.all(Array.from({ length: 300 }, send));
  const worker = await app.startWorker();
  await expect.poll(countOpen, { timeout: 20_000, interval: 5 }).toBeLessThan(300);
  process.kill(worker.pid, "SIGTERM");
  expect(await worker.ended).toBe("worker ended with code 0");
  await Promise.all(Array.from({ length: 20 }, send));
  await app.startWorker();
  await expect.poll(countOpen, { timeout: 20_000 }).toBe(0);
});

test("a worker whose connection is cut while it starts goes on with its start", async () => {
  await asSuperuser({ url }, async (sql) => {
    await sql`delete from pgboss.schedule`;
    // Whoever writes a schedule waits here, so that the cut meets the start in its middle.
    await sql`begin`;
    await sql`lock table pgboss.schedule in share mode`;
    const worker = await app.startWorker();
    const cut = async () => {
      await sql`select pg_stat_clear_snapshot()`; // else pg_stat_activity never changes in a transaction
      return sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%schedule%'`;
    };
    await expect.poll(async () => (await cut()).length, { timeout: 60_000 }).toBeGreaterThan(0);
    await sql`commit`;
    const planned = async () => (await sql`select from pgboss.schedule`).length;
    const ended = worker.ended.then((sentence) => expect.fail(sentence));
    await Promise.race([ended, expect.poll(planned, { timeout: 40_000 }).toBe(4)]);
  });
});
