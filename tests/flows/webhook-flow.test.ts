import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withShop, withSystem } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createIdSource } from "../shopify-simulator/ids.ts";
import { stringifyLosslessJson } from "../shopify-simulator/lossless-json.ts";
import { buildOrderPayload } from "../shopify-simulator/orders/build-order-payload.ts";
import { cancelOrder, changeNote, markPaid } from "../shopify-simulator/orders/change-order.ts";
import { fulfilOrder } from "../shopify-simulator/orders/fulfil-order.ts";
import {
  deliverOrder,
  type FulfillmentEvent,
  type MovedShipment,
} from "../shopify-simulator/orders/fulfillment-events.ts";
import type { OrderPayload } from "../shopify-simulator/orders/order-payload.ts";
import { createRandom } from "../shopify-simulator/random.ts";
import { createShop as createShopProfile } from "../shopify-simulator/simulated-shop.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { postWebhook } from "../support/post-webhook.ts";
import { createTestDatabase } from "../support/test-database.ts";

const messageCount = 2_000;
const duplicateShare = 0.3;
const badSignatureShare = 0.05;
const workerKills = 6;

interface Message {
  shopDomain: string;
  topic: string;
  webhookId: string;
  body: string;
  badlySigned: boolean;
}

/** What an order must look like in the end, computed from the payloads alone. */
interface ExpectedOrder {
  updatedAt: number;
  status: string;
  totalMinor: string;
  note: string | null;
  trackingNumber: string | null;
  shippedAt: number | null;
  deliveredAt: number | null;
}

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

test("2,000 shuffled deliveries through a dying worker end where an oracle says they must", async () => {
  const random = createRandom(20_261_122);
  const shops = [await createShop(db), await createShop(db), await createShop(db)];
  const { messages, expected, deleted } = planMessages(
    random,
    shops.map(({ domain }) => domain),
  );
  expect(messages).toHaveLength(messageCount);
  const oracle = [...expected.values()].flatMap((orders) => [...orders.values()]);
  expect(oracle.filter(({ deliveredAt }) => deliveredAt !== null).length).toBeGreaterThan(20);

  const killing = killWorkers(random);
  const answers = await sendAll(messages);
  await killing.stop();
  await app.startWorker();
  await everyDeliveryIsFinal();

  const bad = messages.filter(({ badlySigned }) => badlySigned).length;
  expect(answers).toEqual(
    new Map([
      [200, messageCount - bad],
      [401, bad],
    ]),
  );
  expect(killing.kills).toBeGreaterThanOrEqual(workerKills);

  // Every accepted delivery has a row, the duplicates too, and none waits or has failed.
  const states = await withSystem(
    db,
    (tx) => tx.sql<{ status: string; count: number }[]>`
    select status, count(*)::int as count from webhook_events group by status`,
  );
  const byStatus = Object.fromEntries(states.map(({ status, count }) => [status, count]));
  const unique = new Set(messages.filter(({ badlySigned }) => !badlySigned).map(({ webhookId }) => webhookId))
    .size;
  expect(byStatus.duplicate).toBe(messageCount - bad - unique);
  expect((byStatus.applied ?? 0) + (byStatus.stale ?? 0) + (byStatus.ignored ?? 0)).toBe(unique);
  expect(Object.keys(byStatus).sort()).toEqual(["applied", "duplicate", "ignored", "stale"]);

  for (const { shopId, domain } of shops) {
    expect(await readFinalOrders(shopId)).toEqual(expected.get(domain));
    expect(await readTombstones(shopId)).toEqual(deleted.get(domain));
    await expectWholeTimelines(shopId);
  }
});

/** Random histories of orders in three shops, duplicated, some badly signed, all shuffled. */
function planMessages(random: ReturnType<typeof createRandom>, domains: string[]) {
  const expected = new Map(domains.map((domain) => [domain, new Map<string, ExpectedOrder>()]));
  const deleted = new Map(domains.map((domain) => [domain, new Set<string>()]));
  const bad = Math.round(messageCount * badSignatureShare);
  const unique = messageCount - Math.round(messageCount * duplicateShare) - bad;
  const originals: Message[] = [];
  const arrivals = new Map<string, number>();
  const newest = new Map<string, OrderPayload>();
  for (let number = 1; originals.length < unique; number += 1) {
    const shopDomain = domains[number % domains.length] as string;
    for (const { topic, payload } of makeHistory(random, shopDomain, number)) {
      if (originals.length === unique) break;
      const message = {
        shopDomain,
        topic,
        webhookId: randomUUID(),
        body: stringifyLosslessJson(payload),
        badlySigned: false,
      };
      originals.push(message);
      if (topic === "fulfillment_events/create") {
        keepFirstArrival(arrivals, payload as FulfillmentEvent);
        continue;
      }
      const id = String(payload.id);
      if (topic !== "orders/delete") newest.set(`${shopDomain} ${id}`, payload as OrderPayload);
      if (topic === "orders/delete") deleted.get(shopDomain)?.add(id);
      else keepNewest(expected.get(shopDomain) as Map<string, ExpectedOrder>, id, payload as OrderPayload);
    }
  }
  for (const [domain, orders] of expected) {
    for (const [id, order] of orders) {
      const payload = newest.get(`${domain} ${id}`);
      if (payload) Object.assign(order, shipmentTimes(payload, arrivals));
    }
  }
  for (const [domain, ids] of deleted) for (const id of ids) expected.get(domain)?.delete(id);
  const duplicates = Array.from({ length: messageCount - unique - bad }, () => random.pick(originals));
  // A forged delivery uses a webhook id of its own: a row for it could be told from a duplicate.
  const forged = Array.from({ length: bad }, () => ({
    ...random.pick(originals),
    webhookId: randomUUID(),
    badlySigned: true,
  }));
  const messages = [...originals, ...duplicates, ...forged];
  for (let index = messages.length - 1; index > 0; index -= 1) {
    const other = random.integer(0, index);
    [messages[index], messages[other]] = [messages[other] as Message, messages[index] as Message];
  }
  return { messages, expected, deleted };
}

function makeHistory(random: ReturnType<typeof createRandom>, shopDomain: string, number: number) {
  const shop = createShopProfile(shopDomain);
  const ids = createIdSource(random, 0.2);
  let now = new Date(Date.UTC(2026, 10, 1) + number * 60_000);
  const shortlyBefore = (at: Date) => new Date(at.getTime() - random.integer(0, 20) * 1_000);
  const source = () => ({ at: now, timeZone: shop.timeZone, random, ids });
  let order = buildOrderPayload({ shop, number, random, ids, now });
  const history: { topic: string; payload: { id: unknown } }[] = [{ topic: "orders/create", payload: order }];
  for (let step = random.integer(0, 6); step > 0; step -= 1) {
    now = new Date(now.getTime() + random.integer(1, 40) * 1_000);
    const change = random.pick([
      () => changeNote(order, source(), `note ${step} ☕ of ${number}`),
      () => markPaid(order, source()),
      () => fulfilOrder(order, source()),
      () => cancelOrder(order, source()),
      () => deliverOrder(order, { ...source(), shopId: shop.id }, { deliveredAt: shortlyBefore(now) }),
    ]);
    try {
      const changed: unknown = change();
      const { events = [] } = changed as Partial<MovedShipment>;
      history.push(...events.map((payload) => ({ topic: "fulfillment_events/create", payload })));
      order = (
        "order" in (changed as object) ? (changed as { order: OrderPayload }).order : changed
      ) as OrderPayload;
    } catch (error) {
      if (error instanceof RangeError) continue; // the platform forbids this change in the order's present state
      throw error;
    }
    history.push({ topic: "orders/updated", payload: order });
  }
  if (random.integer(0, 11) === 0) history.push({ topic: "orders/delete", payload: { id: order.id } });
  return history;
}

function keepNewest(orders: Map<string, ExpectedOrder>, id: string, payload: OrderPayload): void {
  const updatedAt = Date.parse(payload.updated_at);
  const known = orders.get(id);
  if (known && known.updatedAt > updatedAt) return;
  const { tracking_number: trackingNumber = null } = payload.fulfillments.at(-1) ?? {};
  orders.set(id, {
    updatedAt,
    status: expectedStatus(payload),
    totalMinor: String(Math.round(Number(payload.current_total_price) * 100)),
    note: payload.note,
    trackingNumber,
    shippedAt: null,
    deliveredAt: null,
  });
}

function keepFirstArrival(arrivals: Map<string, number>, event: FulfillmentEvent): void {
  if (event.status !== "delivered") return;
  const [key, at] = [String(event.fulfillment_id), Date.parse(event.happened_at)];
  arrivals.set(key, Math.min(arrivals.get(key) ?? at, at));
}

/** The first shipment's departure and the last one's arrival: none here is ever cancelled. */
function shipmentTimes({ fulfillments }: OrderPayload, arrivals: Map<string, number>) {
  const left = fulfillments.map(({ created_at }) => Date.parse(created_at));
  const arrived = fulfillments.flatMap(({ id }) => arrivals.get(String(id)) ?? []);
  return {
    shippedAt: left.length > 0 ? Math.min(...left) : null,
    deliveredAt: left.length > 0 && arrived.length === left.length ? Math.max(...arrived) : null,
  };
}

function expectedStatus({ cancelled_at, fulfillment_status, financial_status }: OrderPayload): string {
  if (cancelled_at) return "CANCELLED";
  if (fulfillment_status === "fulfilled") return "SHIPPED";
  if (fulfillment_status === "partial" || /paid|authorized|refunded/.test(financial_status ?? ""))
    return "CONFIRMED";
  return "PENDING";
}

/** Sends as Shopify does: several at a time, again after anything but an answer that is final. */
async function sendAll(messages: Message[]): Promise<Map<number, number>> {
  const answers = new Map<number, number>();
  const waiting = [...messages];
  const sender = async () => {
    for (let message = waiting.pop(); message; message = waiting.pop()) {
      const status = await send(message);
      if (status === 503) waiting.push(message);
      else answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 16 }, sender));
  return answers;
}

async function send({ badlySigned, ...message }: Message): Promise<number> {
  const secret = badlySigned ? "somebody else's secret" : app.secrets.apiSecret;
  return (await postWebhook({ appUrl: app.appUrl, secret, ...message })).status;
}

/** Starts a worker, kills it at a random moment of its work, starts the next. */
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

async function everyDeliveryIsFinal(): Promise<void> {
  await expect
    .poll(
      () =>
        withSystem(
          db,
          async (tx) => (await tx.sql`select from webhook_events where status = 'received'`).length,
        ),
      { timeout: 60_000, interval: 200 },
    )
    .toBe(0);
}

async function readFinalOrders(shopId: ShopId): Promise<Map<string, ExpectedOrder>> {
  const rows = await withShop(
    db,
    shopId,
    (tx) => tx.sql`
    select shopify_order_id::text as id, last_external_updated_at, status, total_minor::text, note, tracking_number,
      shipped_at, delivered_at
    from orders where deleted_at is null`,
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        updatedAt: Date.parse(row.last_external_updated_at),
        status: row.status,
        totalMinor: row.total_minor,
        note: row.note,
        trackingNumber: row.tracking_number,
        shippedAt: row.shipped_at && Date.parse(row.shipped_at),
        deliveredAt: row.delivered_at && Date.parse(row.delivered_at),
      },
    ]),
  );
}

async function readTombstones(shopId: ShopId): Promise<Set<string>> {
  const rows = await withShop(
    db,
    shopId,
    (tx) => tx.sql`select shopify_order_id::text as id from order_tombstones`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Each version has its row and no row is there twice: nothing was applied twice, nothing half. */
async function expectWholeTimelines(shopId: ShopId): Promise<void> {
  const broken = await withShop(
    db,
    shopId,
    (tx) => tx.sql`
    select o.id from orders o join order_events e on e.shop_id = o.shop_id and e.order_id = o.id
    group by o.id, o.version having count(*) <> o.version or max(e.version) <> o.version or min(e.version) <> 1`,
  );
  expect(broken).toHaveLength(0);
}
