import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { nextOrderId, orderPayload } from "../support/deliveries.ts";
import type { HttpProxy } from "../support/http-proxy.ts";
import { postWebhook } from "../support/post-webhook.ts";
import { startProxy } from "../support/start-proxy.ts";
import { createTestDatabase } from "../support/test-database.ts";

/** Two web and two worker processes behind a proxy, on one database. The browser's journeys run on the same shape. */

const patience = { timeout: 20_000 };

let db: Db;
let app: AppProcesses;
let proxy: HttpProxy;
let first: string;
let second: string;
let drop: () => Promise<void>;
let shop: { shopId: ShopId; domain: string };

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 4, name: "test" });
  shop = await createShop(db);
  await withShop(
    db,
    shop.shopId,
    (tx) => tx.sql`insert into staff_members (shop_id, shopify_user_id, name)
                   values (${shop.shopId}, 1001, 'Anna Berg')`,
  );
  app = await startApp(database.url, { DRAIN_SECONDS: "1" });
  first = app.appUrl;
  second = (await app.startWeb()).url;
  await app.startWorker();
  await app.startWorker();
  proxy = await startProxy([first, second]);
});
afterAll(async () => {
  await proxy?.close();
  await app?.stop();
  await db?.close();
  await drop?.();
});

const token = () => signSessionToken({ shop: shop.domain, userId: 1001, ...app.secrets });
const send = (appUrl: string, id = nextOrderId()) =>
  postWebhook({
    appUrl,
    secret: app.secrets.apiSecret,
    shopDomain: shop.domain,
    body: orderPayload({ id }),
    topic: "orders/create",
  });

/** Opens a live stream and gathers what it says. */
async function listen(appUrl: string) {
  const end = new AbortController();
  const answer = await fetch(`${appUrl}/app/live`, {
    headers: { Authorization: `Bearer ${token()}` },
    signal: end.signal,
  });
  const heard = { text: "", end: () => end.abort() };
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) heard.text += decoder.decode(chunk);
  })().catch(() => {}); // ended by us
  await expect.poll(() => heard.text, patience).toContain("hello");
  return heard;
}

test("a stream on one process hears of what came in at the other", async () => {
  const streams = await Promise.all([listen(first), listen(second)]);
  expect((await send(second)).status).toBe(200);
  for (const stream of streams) await expect.poll(() => stream.text, patience).toContain("ORDER_SYNCED");
  for (const stream of streams) stream.end();
});

test("two workers apply each delivery once", async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => send(`http://127.0.0.1:${proxy.port}`)),
  );
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  const states = () =>
    withShop(
      db,
      shop.shopId,
      (tx) => tx.sql<{ status: string; n: number }[]>`
        select status, count(*)::int as n from webhook_events group by 1`,
    );
  await expect.poll(states, patience).toEqual([{ status: "applied", n: 201 }]);
  const [versions] = await withShop(
    db,
    shop.shopId,
    (tx) => tx.sql`select count(*)::int as orders, sum(version)::int as versions from orders`,
  );
  expect(versions).toEqual({ orders: 201, versions: 201 });
  expect(Math.min(...proxy.served)).toBeGreaterThan(50);
});

test("a rolling restart under load loses no request and no delivery", async () => {
  const url = `http://127.0.0.1:${proxy.port}`;
  const sent: string[] = [];
  const refused: number[] = [];
  let running = true;
  const senders = Array.from({ length: 8 }, async () => {
    while (running) {
      const id = nextOrderId();
      const { status } = await send(url, id);
      if (status === 200) sent.push(id);
      else refused.push(status);
      const page = await fetch(`${url}/app/orders?_data=routes/app.orders`, {
        headers: { Authorization: `Bearer ${token()}` },
      });
      await page.arrayBuffer();
      if (page.status !== 200) refused.push(page.status);
    }
  });
  // The new ones come up and are ready before the old ones are told to go.
  const [third, fourth] = [await app.startWeb(), await app.startWeb()];
  proxy.setTargets([first, second, third.url, fourth.url]);
  await expect.poll(() => proxy.served.slice(2).every((served) => served > 0), patience).toBe(true);
  process.kill(app.web.pid, "SIGTERM");
  expect(await app.web.ended).toBe("web ended with code 0");
  running = false;
  await Promise.all(senders);
  expect(refused).toEqual([]);
  const missing = () =>
    withShop(
      db,
      shop.shopId,
      (tx) => tx.sql`select sent from unnest(${sent}::bigint[]) sent
                     where not exists (select from orders where shopify_order_id = sent)`,
    );
  await expect.poll(async () => (await missing()).length, patience).toBe(0);
  expect(sent.length).toBeGreaterThan(20);
});
