import { createHmac, randomUUID } from "node:crypto";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withSystem } from "../../app/db.server.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { orderPayload } from "../support/deliveries.ts";
import { postWebhook, type WebhookPost } from "../support/post-webhook.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp-proxy.ts";
import { createTestDatabase } from "../support/test-database.ts";

const previousSecret = "the secret before the rotation";
let db: Db;
let app: AppProcesses;
let line: TcpProxy;
let drop: () => Promise<void>;
let shopDomain: string;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 2, name: "test" });
  const url = new URL(database.url);
  line = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  Object.assign(url, { hostname: "127.0.0.1", port: String(line.port) });
  app = await startApp(url.href, { SHOPIFY_API_SECRET_PREVIOUS: previousSecret });
  shopDomain = (await createShop(db)).domain;
});
afterAll(async () => {
  await app?.stop();
  await line?.close();
  await db?.close();
  await drop?.();
});

const post = (given: Partial<WebhookPost>) =>
  postWebhook({
    appUrl: app.appUrl,
    secret: app.secrets.apiSecret,
    shopDomain,
    body: orderPayload(),
    ...given,
  });

const rowsOf = (webhookId: string) =>
  withSystem(
    db,
    (tx) => tx.sql`select * from webhook_events where headers->>'x-shopify-webhook-id' = ${webhookId}`,
  );

test("a rightly signed delivery is answered 200 and is in the inbox with its bytes, headers and hash, and a job", async () => {
  const webhookId = randomUUID();
  const body = orderPayload({ note: "Grüße ☕ \u2028" });
  expect(await post({ body, webhookId })).toMatchObject({ status: 200, text: "" });
  const [row] = await rowsOf(webhookId);
  expect(row).toMatchObject({ status: "received", body, topic: "orders/updated", shop_domain: shopDomain });
  expect(row?.headers).toMatchObject({
    "x-shopify-api-version": "2026-10",
    "x-shopify-hmac-sha256": expect.any(String),
  });
  expect(row?.body_sha256).toMatch(/^[0-9a-f]{64}$/);
  const [job] = await db.sql`select count(*)::int as jobs from pgboss.job where name = 'process-order'`;
  expect(job?.jobs).toBeGreaterThan(0);
});

test("the secret before a rotation still signs", async () => {
  expect((await post({ secret: previousSecret })).status).toBe(200);
});

test("a wrong, a damaged and a missing signature are answered 401 and leave no row", async () => {
  const webhookId = randomUUID();
  expect((await post({ webhookId, secret: "another secret" })).status).toBe(401);
  expect((await post({ webhookId, headers: { "X-Shopify-Hmac-Sha256": "!!" } })).status).toBe(401);
  expect((await post({ webhookId, headers: { "X-Shopify-Hmac-Sha256": null } })).status).toBe(401);
  expect(await rowsOf(webhookId)).toHaveLength(0);
});

test("a signature of other bytes is wrong, even if they differ only in white space", async () => {
  const body = orderPayload();
  const headers = {
    "X-Shopify-Hmac-Sha256": createHmac("sha256", app.secrets.apiSecret).update(`${body} `).digest("base64"),
  };
  expect((await post({ body, headers })).status).toBe(401);
});

test.each([["X-Shopify-Topic"], ["X-Shopify-Shop-Domain"], ["X-Shopify-API-Version"]])(
  "without %s the answer is 400, and the delivery is kept with the reason",
  async (name) => {
    const webhookId = randomUUID();
    const answer = await post({ webhookId, headers: { [name]: null } });
    expect(answer).toMatchObject({ status: 400, text: `Missing header: ${name.toLowerCase()}.` });
    expect(await rowsOf(webhookId)).toMatchObject([{ status: "rejected", error: answer.text }]);
  },
);

test.each([
  ["text that is not JSON", Buffer.from("{not json")],
  ["bytes that are not UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d])],
  ["nothing", Buffer.alloc(0)],
])("%s is answered 400 and kept byte for byte with the reason", async (_name, body) => {
  const webhookId = randomUUID();
  expect((await post({ webhookId, body })).status).toBe(400);
  const [row] = await rowsOf(webhookId);
  expect(row).toMatchObject({ status: "rejected", body: null, error: "The body is not JSON in UTF-8." });
  expect(Buffer.compare(row?.rejected_body, body)).toBe(0);
});

test("a rejected delivery does not stand in the way of a good one with the same id", async () => {
  const webhookId = randomUUID();
  expect((await post({ webhookId, body: "{" })).status).toBe(400);
  expect((await post({ webhookId })).status).toBe(200);
  expect((await rowsOf(webhookId)).map(({ status }) => status).sort()).toEqual(["received", "rejected"]);
});

test.each(["GET", "PUT", "PATCH", "DELETE", "HEAD"])("%s is answered 405", async (method) => {
  const answer = await post({ method });
  expect(answer.status).toBe(405);
  expect(answer.headers.get("Allow")).toBe("POST");
});

test("a body over 10 MB is answered 413, one just below is read", async () => {
  const webhookId = randomUUID();
  const bytes = (size: number) => Buffer.from(`"${"x".repeat(size - 2)}"`);
  expect((await post({ webhookId, body: bytes(10 * 1024 * 1024 + 1) })).status).toBe(413);
  expect(await rowsOf(webhookId)).toHaveLength(0);
  expect((await post({ webhookId, body: bytes(10 * 1024 * 1024) })).status).toBe(200);
});

test("an unknown shop is answered 200, recorded, and creates nothing", async () => {
  const webhookId = randomUUID();
  expect((await post({ webhookId, shopDomain: "nobody.myshopify.com" })).status).toBe(200);
  expect(await rowsOf(webhookId)).toMatchObject([{ status: "ignored", shop_id: null }]);
  const shops = await withSystem(db, (tx) => tx.sql`select from shops where domain = 'nobody.myshopify.com'`);
  expect(shops).toHaveLength(0);
});

test("a trailing slash is no redirect", async () => {
  const answer = await fetch(`${app.appUrl}/webhooks/shopify/`, {
    method: "POST",
    redirect: "manual",
    body: "{}",
  });
  expect(answer.status).toBe(401);
});

test("a sender that goes in the middle of its body leaves nothing behind and harms nobody", async () => {
  const webhookId = randomUUID();
  const { port } = new URL(app.appUrl);
  const socket = connect(Number(port), "127.0.0.1");
  const signed = `X-Shopify-Hmac-Sha256: AAAA\r\nX-Shopify-Webhook-Id: ${webhookId}\r\nContent-Length: 1000\r\n`;
  await new Promise((resolve) =>
    socket.write(`POST /webhooks/shopify HTTP/1.1\r\nHost: test\r\n${signed}\r\n{"id":`, resolve),
  );
  await new Promise((resolve) => socket.once("close", resolve).destroy());
  expect(await post({})).toMatchObject({ status: 200 });
  expect(await rowsOf(webhookId)).toEqual([]);
});

test("while the database is away the answer is 503 within Shopify's five seconds; afterwards 200 again", async () => {
  line.cut();
  const answers = await Promise.all(Array.from({ length: 5 }, () => post({})));
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
  // An address that is no page and asks for no session, so that nothing but the outage has a say.
  expect((await fetch(`${app.appUrl}/d/${"a".repeat(43)}`)).status).toBe(503);
  line.mend();
  await expect.poll(async () => (await post({})).status, { timeout: 20_000 }).toBe(200);
});
