import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { orderPayload } from "../support/deliveries.ts";
import { freePort } from "../support/free-port.ts";
import { postWebhook } from "../support/post-webhook.ts";
import { createTestDatabase } from "../support/test-database.ts";

/** A span as OTLP's JSON has it. */
interface Span {
  traceId: string;
  name: string;
}

const token = "a-token-for-prometheus";
const spans: Span[] = [];
let collector: Server;
let db: Db;
let app: AppProcesses;
let operationsUrl: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 4, name: "test" });
  collector = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = JSON.parse(Buffer.concat(chunks).toString());
    for (const { scopeSpans } of sent.resourceSpans)
      for (const scope of scopeSpans) spans.push(...(scope.spans as Span[]));
    response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
  }).listen(0, "127.0.0.1");
  const operationsPort = await freePort();
  operationsUrl = `http://127.0.0.1:${operationsPort}`;
  app = await startApp(database.url, {
    METRICS_TOKEN: token,
    OPERATIONS_PORT: String(operationsPort),
    READY_MAX_LAG_SECONDS: "60",
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
  });
});
afterAll(async () => {
  await app?.stop();
  collector?.close();
  await db?.close();
  await drop?.();
});

const ask = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(url, { headers });
  return { status: answer.status, text: await answer.text() };
};
const metrics = (url: string) => ask(`${url}/metrics`, { Authorization: `Bearer ${token}` });
const figure = (text: string, series: string) =>
  Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${series} `))
      ?.split(" ")
      .at(-1),
  );

test("one trace follows a delivery from the door to the streams", async () => {
  const { shopId, domain } = await createShop(db);
  // Of somebody unknown the stream would first ask Shopify for the name, and no Shopify is there.
  await withShop(
    db,
    shopId,
    (tx) =>
      tx.sql`insert into staff_members (shop_id, shopify_user_id, name) values (${shopId}, 1001, 'Anna')`,
  );
  const sessionToken = signSessionToken({ shop: domain, userId: 1001, ...app.secrets });
  const streamEnd = new AbortController();
  const stream = await fetch(`${app.appUrl}/app/live`, {
    headers: { Authorization: `Bearer ${sessionToken}` },
    signal: streamEnd.signal,
  });
  expect(stream.status).toBe(200);
  await app.startWorker();
  const { status, headers } = await postWebhook({
    appUrl: app.appUrl,
    secret: app.secrets.apiSecret,
    shopDomain: domain,
    body: orderPayload(),
    topic: "orders/create",
  });
  expect(status).toBe(200);
  expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  const namesOfTheTrace = () => {
    const door = spans.find(({ name }) => name === "POST /webhooks/shopify");
    return spans.filter(({ traceId }) => traceId === door?.traceId).map(({ name }) => name);
  };
  await expect
    .poll(namesOfTheTrace, { timeout: 20_000 })
    .toEqual(
      expect.arrayContaining([
        "POST /webhooks/shopify",
        "inbox",
        "apply orders/create",
        "notify",
        "tell streams",
      ]),
    );
  expect(figure((await metrics(app.appUrl)).text, "atomic_orders_streams")).toBe(1);
  streamEnd.abort();
});

test("the metrics count deliveries, requests and jobs, and are closed without the token", async () => {
  expect((await ask(`${app.appUrl}/metrics`)).status).toBe(401);
  expect((await ask(`${app.appUrl}/metrics`, { Authorization: "Bearer wrong" })).status).toBe(401);
  const web = await metrics(app.appUrl);
  expect(web.status).toBe(200);
  expect(figure(web.text, 'atomic_orders_deliveries_total{outcome="received"}')).toBeGreaterThan(0);
  expect(web.text).toContain('route="/webhooks/shopify",method="POST",status="200"');
  expect(figure(web.text, 'atomic_orders_queue_depth{queue="inbox",state="open"}')).toBe(0);
  const worker = await metrics(operationsUrl);
  expect(figure(worker.text, 'atomic_orders_deliveries_total{outcome="applied"}')).toBeGreaterThan(0);
  expect(worker.text).toContain(
    'atomic_orders_job_duration_seconds_count{name="process-order",outcome="done"}',
  );
  expect(web.text + worker.text).not.toContain("myshopify.com");
});

test("both processes say that they are alive and ready", async () => {
  await expect.poll(() => ask(`${app.appUrl}/readyz`)).toEqual({ status: 200, text: "ready\n" });
  expect(await ask(`${app.appUrl}/healthz`)).toEqual({ status: 200, text: "ok\n" });
  expect(await ask(`${operationsUrl}/readyz`)).toEqual({ status: 200, text: "ready\n" });
  expect(await ask(`${operationsUrl}/healthz`)).toEqual({ status: 200, text: "ok\n" });
  expect((await ask(`${operationsUrl}/app`)).status).toBe(404);
});
