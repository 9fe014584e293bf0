import "@shopify/shopify-api/adapters/web-api";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ReceivedWebhook } from "./app-double.ts";
import { startAppDouble } from "./app-double.ts";
import { SimulatorClient } from "./client.ts";
import { defineConfig, type SimulatorOptions } from "./config.ts";
import { defaultKnobs } from "./knobs.ts";
import { createRandom } from "./random.ts";
import type { RunningSimulator } from "./start-simulator.ts";
import { startSimulator } from "./start-simulator.ts";
import { createDelivery, triggeredNow } from "./webhooks/delivery.ts";
import { createDeliveryQueue } from "./webhooks/delivery-queue.ts";

const shop = "atomic-demo.myshopify.com";
const shopify = shopifyApi({
  apiKey: "key",
  apiSecretKey: "secret",
  hostName: "app.example.com",
  apiVersion: ApiVersion.October26,
  isEmbeddedApp: true,
  logger: { log: () => {} },
});

let app: Awaited<ReturnType<typeof startAppDouble>>;
let running: RunningSimulator;
let client: SimulatorClient;

async function start(
  statusFor?: (webhook: ReceivedWebhook, at: number) => number,
  options: Partial<SimulatorOptions> = {},
) {
  await stop();
  app = await startAppDouble(statusFor);
  running = await startSimulator({
    apiKey: "key",
    apiSecret: "secret",
    appUrl: app.url,
    retryBaseMs: 5,
    ...options,
  });
  client = new SimulatorClient(running.url);
  await client.installApp(shop);
}
async function stop() {
  await running?.close();
  await app?.close();
}
beforeEach(() => start());
afterEach(stop);

const validate = ({ body, headers }: ReceivedWebhook) =>
  shopify.webhooks.validate({
    rawBody: body,
    rawRequest: new Request("http://app.example.com/webhooks/shopify", {
      method: "POST",
      headers: Object.entries(headers).map(([key, value]): [string, string] => [key, String(value)]),
    }),
  });

test("the real package finds every delivery rightly signed and complete", async () => {
  await client.createOrders(shop, 5);
  await client.waitUntilIdle();
  expect(app.received.length).toBeGreaterThanOrEqual(5);
  for (const webhook of app.received) {
    expect(await validate(webhook)).toMatchObject({
      valid: true,
      webhookType: "webhooks",
      domain: shop,
      apiVersion: "2026-10",
    });
    expect(webhook.headers["x-shopify-triggered-at"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  }
});

test("one action's deliveries share an event id and differ in their webhook id", async () => {
  const order = await client.createOrder(shop, { financialStatus: "paid" }, { silent: true });
  expect(app.received).toHaveLength(0);
  await client.act(shop, order.id, "fulfil", { company: "DHL", number: "JJD01" });
  await client.waitUntilIdle();
  expect(app.topics().toSorted()).toEqual(["orders/fulfilled", "orders/updated"]);
  expect(new Set(app.received.map((one) => one.headers["x-shopify-event-id"])).size).toBe(1);
  expect(new Set(app.received.map((one) => one.headers["x-shopify-webhook-id"])).size).toBe(2);
});

test("each action sends the topics that the platform would", async () => {
  const { id } = await client.createOrder(
    shop,
    { financialStatus: "paid", lines: [{ quantity: 3 }] },
    { silent: true },
  );
  await client.act(shop, id, "edit", { add: [{ title: "More" }] });
  await client.act(shop, id, "refund", {});
  await client.act(shop, id, "cancel", { reason: "customer" });
  await client.act(shop, id, "delete");
  await client.uninstallApp(shop);
  await client.waitUntilIdle();
  expect(app.topics().toSorted()).toEqual(
    [
      "app/uninstalled",
      "orders/cancelled",
      "orders/delete",
      "orders/edited",
      "orders/updated",
      "orders/updated",
      "orders/updated",
      "refunds/create",
    ].toSorted(),
  );
  expect(app.received.find((one) => one.headers["x-shopify-topic"] === "orders/delete")?.body).toBe(
    `{"id":${id}}`,
  );
});

test("a shop without the app is sent nothing but compliance topics", async () => {
  await client.createOrders("northwind-demo.myshopify.com", 3);
  await client.sendCompliance("northwind-demo.myshopify.com", "shop/redact");
  await client.waitUntilIdle();
  expect(app.topics()).toEqual(["shop/redact"]);
});

test("a refused delivery is retried under the same webhook id until it is taken", async () => {
  await start((_webhook, at) => (at < 2 ? 503 : at === 2 ? 302 : 200));
  const { id } = await client.createOrder(shop, {}, { silent: true });
  await client.act(shop, id, "touch");
  await client.waitUntilIdle();
  expect(app.received).toHaveLength(4);
  expect(new Set(app.received.map((one) => one.headers["x-shopify-webhook-id"])).size).toBe(1);
  const { deliveries } = await client.listDeliveries();
  expect(deliveries[0]).toMatchObject({ status: "delivered", attempts: 4, statusCode: 200 });
});

test("after eight retries a delivery is given up, and can be sent again by hand", async () => {
  let down = true;
  await start(() => (down ? 500 : 200), { retryBaseMs: 1 });
  const { id } = await client.createOrder(shop, {}, { silent: true });
  await client.act(shop, id, "touch");
  await client.waitUntilIdle();
  const [failed] = (await client.listDeliveries({ status: "failed" })).deliveries;
  expect(failed).toMatchObject({ attempts: 9, statusCode: 500 });
  down = false;
  await client.redeliver(failed?.id ?? 0);
  await client.waitUntilIdle();
  expect(app.received.at(-1)?.headers["x-shopify-webhook-id"]).toBe(failed?.webhookId);
});

test("faults duplicate, drop and corrupt as told, for one action or for all", async () => {
  const { id } = await client.createOrder(shop, {}, { silent: true });
  await client.act(shop, id, "touch", { faults: { duplicateRate: 1 } });
  await client.waitUntilIdle();
  expect(app.received).toHaveLength(2);
  expect(app.received[0]?.headers["x-shopify-webhook-id"]).toBe(
    app.received[1]?.headers["x-shopify-webhook-id"],
  );

  await client.setFaults({ dropRate: 1 });
  await client.act(shop, id, "touch");
  await client.waitUntilIdle();
  expect(app.received).toHaveLength(2);
  expect((await client.listDeliveries({ status: "dropped" })).deliveries).toHaveLength(1);

  await client.setFaults({ dropRate: 0, corruptRate: 1 });
  await client.act(shop, id, "touch");
  await client.waitUntilIdle();
  const last = app.received.at(-1);
  expect(last && (await validate(last))).toMatchObject({ valid: false, reason: "invalid_hmac" });
});

test("a shuffle window sends deliveries in another order and loses none", async () => {
  await start(undefined, { deliveryConcurrency: 1 });
  await client.setFaults({ shuffleWindow: 20 });
  const { id } = await client.createOrder(shop, {}, { silent: true });
  for (let at = 0; at < 20; at += 1) await client.act(shop, id, "note", { note: String(at) });
  await client.waitUntilIdle();
  const notes = app.received.map((one) => Number(JSON.parse(one.body).note));
  expect(notes).not.toEqual(notes.toSorted((left, right) => left - right));
  expect(new Set(notes).size).toBe(20);
});

test("state outlives a restart, ids beyond 2^53 included", async () => {
  const statePath = `${mkdtempSync(`${tmpdir()}/simulator-`)}/state.json`;
  await start(undefined, { statePath });
  const order = await client.createOrder(shop, { id: 820982911946154509n, note: "kept ✓" });
  await client.waitUntilIdle();
  await running.close();
  running = await startSimulator({ apiKey: "key", apiSecret: "secret", appUrl: app.url, statePath });
  client = new SimulatorClient(running.url);
  expect(await client.getOrder(shop, 820982911946154509n)).toEqual(order);
  expect((await client.getShop(shop)).appStatus).toBe("installed");
});

test("one shop's flood does not hold up another shop's deliveries", async () => {
  const queue = createDeliveryQueue(
    defineConfig({ apiKey: "key", apiSecret: "secret", appUrl: app.url, deliveryConcurrency: 1 }),
    createRandom(1),
  );
  const send = (from: string) =>
    queue.enqueue(
      createDelivery({
        id: queue.nextId(),
        shop: from,
        topic: "orders/updated",
        body: "{}",
        eventId: "1",
        triggeredAt: triggeredNow(),
        orderId: null,
        faults: defaultKnobs().faults,
      }),
    );
  for (let count = 0; count < 20; count += 1) send(shop);
  send("northwind-demo.myshopify.com");
  expect(await queue.idle(10_000)).toBe(true);
  const senders = app.received.map(({ headers }) => headers["x-shopify-shop-domain"]);
  expect(senders).toHaveLength(21);
  // The first was on its way already, and the next turn is the flooding shop's own.
  expect(senders.indexOf("northwind-demo.myshopify.com")).toBeLessThanOrEqual(2);
  queue.close();
});

test("a web page of another origin cannot use the controls", async () => {
  const response = await fetch(`${running.url}/control/reset`, {
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: "{}",
  });
  expect(response.status).toBe(415);
});
