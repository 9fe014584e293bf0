import { hkdfSync } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createDb, type Db, withShop, withSystem } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { type Stack, startStack } from "../demo/start-stack.ts";
import { SimulatorClient } from "../shopify-simulator/client.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { orderPayload } from "../support/deliveries.ts";
import { postWebhook } from "../support/post-webhook.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp-proxy.ts";
import { createTestDatabase } from "../support/test-database.ts";

const shop = "atomic-demo.myshopify.com";
const stranger = "northwind-demo.myshopify.com";
let stack: Stack;
let db: Db;
let line: TcpProxy;
let drop: () => Promise<void>;
let orderId: string;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 2, name: "test" });
  const url = new URL(database.url);
  line = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  Object.assign(url, { hostname: "127.0.0.1", port: String(line.port) });
  stack = await startStack({ databaseUrl: url.href, logFolder: "test-results/logs/sign-in" });
  for (const one of [shop, stranger]) expect((await open(one)).status).toBe(200);
  const { apiSecret } = stack.secrets;
  await postWebhook({
    appUrl: stack.appUrl,
    secret: apiSecret,
    shopDomain: shop,
    body: orderPayload({ id: "4711" }),
  });
  orderId = await vi.waitFor(findOrderId, { timeout: 20_000, interval: 100 });
});
afterAll(async () => {
  await stack?.stop();
  await line?.close();
  await db?.close();
  await drop?.();
});

async function findOrderId(): Promise<string> {
  const [row] = await withSystem(
    db,
    (tx) => tx.sql<{ id: ShopId }[]>`select id from shops where domain = ${shop}`,
  );
  if (!row) throw new Error("the shop is not installed yet");
  const [order] = await withShop(
    db,
    row.id,
    (tx) => tx.sql`select id from orders where shopify_order_id = 4711`,
  );
  if (!order) throw new Error("the order is not stored yet");
  return order.id;
}

const token = (more: Partial<Parameters<typeof signSessionToken>[0]> = {}) =>
  signSessionToken({ shop, userId: 1001, ...stack.secrets, ...more });

interface Get {
  token?: string;
  html?: boolean;
  method?: string;
  body?: URLSearchParams;
}

function get(path: string, { token, html = false, method = "GET", body }: Get = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: html ? "text/html" : "*/*" };
  if (token) headers.Authorization = `Bearer ${token}`;
  return fetch(`${stack.appUrl}${path}`, { method, headers, redirect: "manual", body });
}

/** Opens the app as the admin does: a document with the token in its address. */
const open = (domain: string) =>
  get(`/app?shop=${domain}&embedded=1&id_token=${token({ shop: domain })}`, { html: true });

const screens = () => [
  "/app",
  "/app/orders",
  `/app/orders/${orderId}`,
  `/app/orders/${orderId}/edit`,
  "/app/deliveries",
  "/app/privacy",
];

describe("a request without a good session token", () => {
  test("a data request is answered 401 with the header that makes App Bridge try again with a fresh one", async () => {
    for (const path of [...screens(), "/app/live"]) {
      for (const bad of [
        undefined,
        "garbage",
        token({ now: Date.now() - 300_000 }),
        token({ apiSecret: "another secret" }),
      ]) {
        const answer = await get(`${path}?_data=routes/app`, { token: bad });
        expect(answer.status, path).toBe(401);
        expect(answer.headers.get("X-Shopify-Retry-Invalid-Session-Request"), path).toBe("1");
      }
    }
  });

  test("a document goes to the bounce page, which knows where to come back to and carries no token", async () => {
    for (const path of screens()) {
      const answer = await get(`${path}?shop=${shop}&host=abc&embedded=1&id_token=stale`, { html: true });
      expect(answer.status, path).toBe(302);
      const target = new URL(answer.headers.get("Location") ?? "", stack.appUrl);
      expect(target.pathname).toBe("/auth/session-token");
      const back = new URL(target.searchParams.get("shopify-reload") ?? "");
      expect(back.origin + back.pathname).toBe(stack.appUrl + path);
      expect(back.searchParams.has("id_token")).toBe(false);
    }
  });

  test("a document of no shop goes to the landing page", async () => {
    const answer = await get("/app/orders", { html: true });
    expect(answer.headers.get("Location")).toBe("/");
    expect(await (await get("/", { html: true })).text()).toContain("Shopify admin");
  });

  test("a form post is refused and changes nothing", async () => {
    const body = new URLSearchParams({
      version: "1",
      status: "SHIPPED",
      note: "",
      trackingCompany: "",
      trackingNumber: "",
    });
    const answer = await get(`/app/orders/${orderId}/edit`, { method: "POST", body });
    expect(answer.status).toBe(401);
  });
});

test("a form whose page session has expired gets back what was typed, on a page its admin may frame", async () => {
  const encryptionKey = Buffer.from(stack.secrets.encryptionKey, "hex");
  const session = await new SignJWT({ dest: shop })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject("1001")
    .setAudience("atomic-orders page")
    .setExpirationTime("-1 minute")
    .sign(new Uint8Array(hkdfSync("sha256", encryptionKey, "", "atomic-orders page", 32)));
  const body = new URLSearchParams({
    version: "1",
    status: "SHIPPED",
    note: "A <long> story",
    _session: session,
  });
  const path = `/app/orders/${orderId}/edit?shop=${shop}`;
  const answer = await get(path, { method: "POST", body, html: true });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("Content-Security-Policy")).toContain(`frame-ancestors https://${shop} `);
  const page = await answer.text();
  expect(page).toContain("Your session has ended");
  expect(page).toMatch(/<textarea[^>]*readOnly=""[^>]*>A &lt;long&gt; story<\/textarea>/i);
});

describe("a stranger with a good token of another shop", () => {
  test("finds no order by its id: 404, as if it did not exist", async () => {
    for (const path of [`/app/orders/${orderId}`, `/app/orders/${orderId}/edit`]) {
      expect((await get(path, { token: token({ shop: stranger }), html: true })).status, path).toBe(404);
      expect((await get(path, { token: token(), html: true })).status, path).toBe(200);
    }
  });

  test("cannot save it, nor review it", async () => {
    const edit = new URLSearchParams({
      version: "1",
      status: "SHIPPED",
      note: "x",
      trackingCompany: "",
      trackingNumber: "",
    });
    const review = new URLSearchParams({ intent: "reviewed", openedVersion: "1" });
    const strangers = token({ shop: stranger });
    expect(
      (await get(`/app/orders/${orderId}/edit`, { method: "POST", body: edit, token: strangers })).status,
    ).toBe(404);
    expect(
      (await get(`/app/orders/${orderId}`, { method: "POST", body: review, token: strangers })).status,
    ).toBe(404);
  });

  test("sees none of it in lists", async () => {
    for (const path of ["/app", "/app/orders", "/app/deliveries", "/app/privacy"]) {
      expect(
        await (await get(path, { token: token({ shop: stranger }), html: true })).text(),
        path,
      ).not.toContain(orderId);
    }
  });
});

describe("a document", () => {
  test("may be framed by its own shop's admin only, and runs scripts by nonce only", async () => {
    const answer = await get("/app/orders", { token: token(), html: true });
    const policy = answer.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain(
      `frame-ancestors https://${shop} https://admin.shopify.com ${stack.simulatorUrl};`,
    );
    expect(policy).not.toContain(stranger);
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']{20,}' /);
    expect(policy).not.toContain("unsafe-eval");
    expect(answer.headers.has("X-Frame-Options")).toBe(false);
    expect(answer.headers.get("Set-Cookie")).toBeNull();
    expect((await get("/", { html: true })).headers.get("Content-Security-Policy")).toContain(
      "frame-ancestors 'none'",
    );
  });

  test("has a fresh nonce each time, on every inline script", async () => {
    const html = await (await get("/app/orders", { token: token(), html: true })).text();
    const again = await (await get("/app/orders", { token: token(), html: true })).text();
    const nonceOf = (text: string) => /nonce="([^"]+)"/.exec(text)?.[1];
    expect(nonceOf(html)).not.toBe(nonceOf(again));
    const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map(
      ([, attributes]) => attributes ?? "",
    );
    expect(inline.length).toBeGreaterThan(0);
    for (const attributes of inline) expect(attributes).toContain("nonce=");
  });
});

test("the id of a 64-bit order survives from the wire to the page", async () => {
  const id = "820982911946154508";
  const { apiSecret } = stack.secrets;
  await postWebhook({
    appUrl: stack.appUrl,
    secret: apiSecret,
    shopDomain: shop,
    body: orderPayload({ id, name: "#64bit" }),
  });
  await expect
    .poll(async () => (await get("/app/orders?_data=routes/app.orders", { token: token() })).text(), {
      timeout: 20_000,
    })
    .toContain("#64bit");
  const { page: list } = await (await get("/app/orders?_data=routes/app.orders", { token: token() })).json();
  const order = list.rows.find(({ name }: { name: string }) => name === "#64bit");
  const page = await (await get(`/app/orders/${order.id}`, { token: token(), html: true })).text();
  expect(page).toContain(id);
});

test("after the uninstall a page left open is refused and installs nothing; opening the app installs it anew", async () => {
  const simulator = new SimulatorClient(stack.simulatorUrl);
  const domain = "comes-and-goes.myshopify.com";
  await open(domain);
  await simulator.uninstallApp(domain);
  await simulator.waitUntilIdle();
  const isInstalled = async () => {
    const [row] = await withSystem(
      db,
      (tx) => tx.sql`select uninstalled_at is null as yes from shops where domain = ${domain}`,
    );
    return row?.yes;
  };
  await expect.poll(isInstalled, { timeout: 20_000 }).toBe(false);
  // What a page reads again in its first moments has the address that it was opened with.
  const opened = `shop=${domain}&embedded=1&id_token=${token({ shop: domain })}`;
  for (const path of ["/app?_data=routes/app", `/app?${opened}&_data=routes/app`, "/app/live"]) {
    expect((await get(path, { token: token({ shop: domain }) })).status, path).toBe(403);
  }
  expect(await isInstalled()).toBe(false);
  expect((await open(domain)).status).toBe(200);
  expect(await isInstalled()).toBe(true);
});

test("while the database is away a screen says so; it does not look like a missing installation", async () => {
  line.cut();
  const answer = await get("/app/orders", { token: token(), html: true });
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain("database");
  line.mend();
  await expect
    .poll(async () => (await get("/app/orders", { token: token(), html: true })).status, { timeout: 20_000 })
    .toBe(200);
});
