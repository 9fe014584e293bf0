import { randomUUID } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import { flushHints } from "../../app/live/notify-shop.server.ts";
import { log } from "../../app/log.server.ts";
import { openQueue, type Queue } from "../../app/queue.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { openInbox, type ReceiveWebhook } from "../../app/webhooks/receive-webhook.server.ts";
import { createTestDatabase } from "./test-database.ts";

/** What a PostgreSQL test works with: a database of its own, seen as the restricted role. */
export interface AppContext {
  url: string;
  db: Db;
  queue: Queue;
  receive: ReceiveWebhook;
}

/** Opens the context for a test file and closes it after its last test. */
export function openAppContext(): AppContext {
  const context = {} as AppContext;
  let drop: () => Promise<void>;
  log.level = "silent";
  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = database.drop;
    const db = createDb(database.url, { max: 60, name: "test" });
    const queue = await openQueue(db, (error) => {
      throw error;
    });
    Object.assign(context, { url: database.url, db, queue, receive: openInbox(db, queue) });
  });
  afterAll(async () => {
    await flushHints(context.db);
    await context.queue.stop();
    await context.db.close();
    await drop();
  });
  return context;
}

/** Installs a shop as a finished installation would leave it, without a token. */
export async function createShop(
  db: Db,
  { domain = `shop-${randomUUID().slice(0, 8)}.myshopify.com`, currency = "EUR" } = {},
): Promise<{ shopId: ShopId; domain: string }> {
  const shopId = randomUUID() as ShopId;
  await withShop(db, shopId, async (tx) => {
    await tx.sql`insert into shops (id, domain, name, currency, time_zone)
                 values (${shopId}, ${domain}, 'Test shop', ${currency}, 'Europe/Berlin')`;
  });
  return { shopId, domain };
}
