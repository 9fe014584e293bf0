import postgres from "postgres";
import { afterEach, expect, test } from "vitest";
import { withShop } from "../../app/db.server.ts";
import { LiveHub } from "../../app/live/live-hub.server.ts";
import { openLiveStream } from "../../app/live/live-stream.server.ts";
import { countChange, notifyShop, type ShopHint } from "../../app/live/notify-shop.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery, nextOrderId, orderPayload, readOrder } from "../support/deliveries.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";

const context = openAppContext();
const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

function openHub(url = context.url): LiveHub {
  const hub = new LiveHub(context.db, url);
  open.push(hub);
  return hub;
}

/** A reader of a stream, as a browser would be. */
function openStream(hub: LiveHub, shopId: ShopId) {
  const connection = new AbortController();
  const response = openLiveStream(hub, shopId, 0, connection.signal);
  const stream = { text: "", ended: false, close: () => connection.abort(), response };
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) stream.text += decoder.decode(chunk, { stream: true });
    stream.ended = true;
  })();
  open.push(stream);
  return stream;
}

const countOf = (text: string, event: string) => text.split(`event: ${event}\n`).length - 1;

/** The hub listens once a stream is open; the first thing it then says is to read again. */
async function untilListening(stream: { text: string }): Promise<void> {
  await expect.poll(() => countOf(stream.text, "resync")).toBe(1);
}

test("a change committed by any process reaches the shop's streams on every process, and no other shop's", async () => {
  const [mine, theirs] = [await createShop(context.db), await createShop(context.db)];
  const [first, second] = [openHub(), openHub()];
  const streams = [openStream(first, mine.shopId), openStream(second, mine.shopId)];
  const stranger = openStream(first, theirs.shopId);
  await Promise.all([...streams, stranger].map(untilListening));
  const id = nextOrderId();
  await deliverAndProcess(context, delivery(mine.domain, orderPayload({ id })));
  const order = await readOrder(context, mine.shopId, id);
  for (const stream of streams) {
    await expect
      .poll(() => stream.text)
      .toContain(`event: ORDER_SYNCED\ndata: {"orderId":"${order?.id}","version":1,"change":1}\n\n`);
  }
  expect(countOf(stranger.text, "ORDER_SYNCED")).toBe(0);
});

test("a stream begins with the shop's change number and says what it is", async () => {
  const { shopId } = await createShop(context.db);
  const stream = openStream(openHub(), shopId);
  await expect.poll(() => stream.text).toContain('event: hello\ndata: {"change":0}');
  expect(stream.response.headers.get("Content-Type")).toBe("text/event-stream; charset=utf-8");
  expect(stream.response.headers.get("Cache-Control")).toBe("no-store, no-transform");
});

test("a burst of 500 changes is passed on as a few messages, each order at its last version", async () => {
  const { shopId } = await createShop(context.db);
  const hub = openHub();
  let passed = 0;
  const versions = new Map<string, number>();
  const heard = (hint: ShopHint) => {
    passed += 1;
    for (const { id, version } of hint.orders ?? []) versions.set(id, version);
  };
  let listening = false;
  const nothing = () => {};
  hub.subscribe(shopId, {
    changed: heard,
    resync: () => (listening = true),
    heartbeat: nothing,
    ended: nothing,
    restarting: nothing,
  });
  await expect.poll(() => listening).toBe(true);
  for (let change = 1; change <= 500; change += 1) {
    notifyShop(context.db, { shopId, change, orders: [{ id: `order-${change % 10}`, version: change }] });
  }
  await expect.poll(() => Math.max(0, ...versions.values())).toBe(500);
  expect(versions.size).toBe(10);
  expect(passed).toBeLessThanOrEqual(5);
});

test("more orders than a hint can carry become one request to read again", async () => {
  const { shopId } = await createShop(context.db);
  const stream = openStream(openHub(), shopId);
  await untilListening(stream);
  const orders = Array.from({ length: 400 }, (_, index) => ({ id: crypto.randomUUID(), version: index + 1 }));
  notifyShop(context.db, { shopId, change: 7, orders });
  await expect.poll(() => stream.text).toContain('event: resync\ndata: {"change":7}');
  expect(countOf(stream.text, "ORDER_SYNCED")).toBe(0);
});

test("after the listening connection was cut the streams are told to read again, and hear the next change", async () => {
  const { shopId, domain } = await createShop(context.db);
  const stream = openStream(openHub(), shopId);
  await untilListening(stream);
  const owner = postgres(context.url, { max: 1 });
  open.push({ close: () => owner.end() });
  await owner`select pg_terminate_backend(pid) from pg_stat_activity
              where application_name = 'atomic-orders live' and datname = current_database()`;
  await expect.poll(() => countOf(stream.text, "resync"), { timeout: 15_000 }).toBeGreaterThan(1);
  await deliverAndProcess(context, delivery(domain, orderPayload()));
  await expect.poll(() => countOf(stream.text, "ORDER_SYNCED")).toBe(1);
});

test("after the database was out of reach for longer than a reconnect takes, the streams hear again", async () => {
  const { shopId, domain } = await createShop(context.db);
  const url = new URL(context.url);
  const line = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  Object.assign(url, { hostname: "127.0.0.1", port: String(line.port) });
  const stream = openStream(openHub(url.href), shopId);
  await untilListening(stream);
  line.cut();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  line.mend();
  await expect.poll(() => countOf(stream.text, "resync"), { timeout: 25_000 }).toBeGreaterThan(1);
  await deliverAndProcess(context, delivery(domain, orderPayload()));
  await expect.poll(() => countOf(stream.text, "ORDER_SYNCED")).toBe(1);
  open.push(line);
}, 60_000);

test("uninstalling ends the shop's streams and nobody else's", async () => {
  const [mine, theirs] = [await createShop(context.db), await createShop(context.db)];
  const hub = openHub();
  const [stream, stranger] = [openStream(hub, mine.shopId), openStream(hub, theirs.shopId)];
  await Promise.all([stream, stranger].map(untilListening));
  const uninstalled = { topic: "app/uninstalled", triggeredAt: new Date().toISOString() };
  await deliverAndProcess(context, delivery(mine.domain, "{}", uninstalled));
  await expect.poll(() => stream.ended).toBe(true);
  expect(stream.text).toContain("event: ended\n");
  expect(stranger.ended).toBe(false);
});

test("closed connections leave no listener behind", async () => {
  const { shopId } = await createShop(context.db);
  const hub = openHub();
  const streams = Array.from({ length: 50 }, () => openStream(hub, shopId));
  expect(hub.streamCount).toBe(50);
  for (const stream of streams) stream.close();
  expect(hub.streamCount).toBe(0);
  expect(hub.streamCountOf(shopId)).toBe(0);
});

test("a reader that does not read is cut off before it fills the memory", async () => {
  const { shopId } = await createShop(context.db);
  const hub = openHub();
  const response = openLiveStream(hub, shopId, 0, new AbortController().signal);
  const attentive = openStream(hub, shopId);
  await untilListening(attentive);
  let change = 0;
  const orders = () => Array.from({ length: 100 }, () => ({ id: crypto.randomUUID(), version: 1 }));
  while (hub.streamCount > 1 && change < 200) {
    change += 1;
    notifyShop(context.db, { shopId, change, orders: orders() });
    await expect.poll(() => attentive.text).toContain(`"change":${change}}`);
  }
  expect(hub.streamCount).toBe(1);
  await response.body?.cancel();
});

test("a reader whose connection does not take what Remix writes to it is cut off", async () => {
  const { shopId } = await createShop(context.db);
  const hub = openHub();
  const attentive = openStream(hub, shopId);
  await untilListening(attentive);
  let [unsent, isCutOff] = [0, false];
  const connection = { unsentBytes: () => unsent, cutOff: () => (isCutOff = true) };
  const response = openLiveStream(hub, shopId, 0, new AbortController().signal, connection);
  expect(hub.streamCount).toBe(2);
  unsent = 1024 * 1024;
  notifyShop(context.db, { shopId, change: 1, orders: [] });
  await expect.poll(() => hub.streamCount).toBe(1);
  expect(isCutOff).toBe(true);
  expect(attentive.ended).toBe(false);
  await response.body?.cancel();
});

test("a process that stops sends its streams to come back", async () => {
  const { shopId } = await createShop(context.db);
  const hub = new LiveHub(context.db, context.url);
  const stream = openStream(hub, shopId);
  await hub.close();
  await expect.poll(() => stream.ended).toBe(true);
  expect(stream.text).toContain("event: reconnect\n");
});

test("change numbers rise in commit order, without a gap or a double", async () => {
  const { shopId } = await createShop(context.db);
  const numbers = await Promise.all(
    Array.from({ length: 40 }, () => withShop(context.db, shopId, (tx) => countChange(tx, shopId))),
  );
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
});
