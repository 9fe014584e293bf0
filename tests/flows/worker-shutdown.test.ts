import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withSystem } from "../../app/db.server.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { orderPayload } from "../support/deliveries.ts";
import { postWebhook } from "../support/post-webhook.ts";
import { createTestDatabase } from "../support/test-database.ts";

let db: Db;
let app: AppProcesses;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
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
