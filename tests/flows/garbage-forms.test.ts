import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import { orderIdSchema } from "../../app/orders/order.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { seededRandom } from "../../drizzle/seeds/seeded-random.ts";
import { fillOrders } from "../exports/fill-orders.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { fields, formPath, garbageForm, intents, usual } from "../support/garbage-form.ts";
import { placeDocument } from "../support/issue-document.ts";
import { createTestDatabase } from "../support/test-database.ts";

let db: Db;
let app: AppProcesses;
let drop: () => Promise<void>;
let shopDomain: string;
const ids = {
  order: "",
  document: "",
  customer: crypto.randomUUID(),
  bulk: crypto.randomUUID(),
  view: crypto.randomUUID(),
};

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 2, name: "test" });
  const shop = await createShop(db);
  shopDomain = shop.domain;
  await fill(shop.shopId);
  app = await startApp(database.url);
});
afterAll(async () => {
  await app?.stop();
  await db?.close();
  await drop?.();
});

async function fill(shopId: ShopId): Promise<void> {
  [ids.order = ""] = await fillOrders(db, shopId, 20);
  ids.document = (await placeDocument(db, shopId, orderIdSchema.parse(ids.order))).documentId;
  await withShop(db, shopId, async ({ sql }) => {
    // Of somebody unknown each request would first ask Shopify for the name, and no Shopify is there.
    await sql`insert into staff_members (shop_id, shopify_user_id, name) values (${shopId}, 1001, 'Anna Berg')`;
    await sql`insert into customers (shop_id, id, shopify_customer_id, first_name) values (${shopId}, ${ids.customer}, 1, 'Eve')`;
    await sql`insert into bulk_actions (shop_id, id, kind, input, state, total, actor_name)
              values (${shopId}, ${ids.bulk}, 'add_tag', '{"tag": "x"}', 'draft', 1, 'Eve')`;
    await sql`insert into bulk_items (shop_id, bulk_action_id, position, subject_id, opened_version)
              values (${shopId}, ${ids.bulk}, 1, ${ids.order}, 1)`;
    await sql`insert into saved_views (shop_id, id, screen, name, query, sort, columns, position, created_by)
              values (${shopId}, ${ids.view}, 'orders', 'A view', '', 'created-desc', '{}', 1, 'Eve')`;
  });
}

const headers = () => ({
  Accept: "*/*",
  Authorization: `Bearer ${signSessionToken({ shop: shopDomain, userId: 1001, ...app.secrets })}`,
});

async function post(route: string, body: BodyInit, contentType?: string) {
  const address = `${app.appUrl}${formPath(route, ids)}?_data=${encodeURIComponent(`routes/${route}`)}`;
  const answer = await fetch(address, {
    method: "POST",
    redirect: "manual",
    headers: { ...headers(), ...(contentType ? { "Content-Type": contentType } : {}) },
    body,
  });
  return { status: answer.status, text: (await answer.text()).slice(0, 300) };
}

test.each(Object.keys(fields))(
  "garbage posted to %s is answered, never with a fault of the server",
  async (route) => {
    const faults: object[] = [];
    for (let seed = 0; seed < 200; seed += 1) {
      const form = garbageForm(seededRandom(11, seed), route, ids);
      const answer = await post(route, form);
      if (answer.status >= 500) faults.push({ form: [...form].map(String), ...answer });
    }
    expect(faults.slice(0, 5)).toEqual([]);
  },
);

const hostile = ["\0", "a\0b", "\ud800", "-1", "2147483648", "99999999999999999999", "x".repeat(6_000)];

test.each(Object.keys(fields))(
  "one hostile field in a sound form posted to %s is no fault of the server",
  async (route) => {
    const faults: object[] = [];
    const names = new Set(fields[route]);
    const sound = (name: string) =>
      name === "ids" ? ids.order : name === "view" ? ids.view : (usual[name]?.[0] ?? "1");
    for (const intent of intents[route] ?? [""]) {
      for (const [name, value] of [...names].flatMap((name) =>
        hostile.map((value) => [name, value] as const),
      )) {
        const form = new URLSearchParams([...names].map((one) => [one, sound(one)]));
        form.set("intent", intent);
        form.set(name, value);
        const answer = await post(route, form);
        if (answer.status >= 500) faults.push({ intent, name, value: value.slice(0, 20), ...answer });
      }
    }
    expect(faults.slice(0, 5)).toEqual([]);
  },
);

test.each(Object.keys(fields))("bodies that are no form at all are refused by %s", async (route) => {
  const bodies: [string, string | undefined][] = [
    ["{", "application/json"],
    ["%ff%fe=%ed%a0%80", "application/x-www-form-urlencoded"],
    ["no boundary", "multipart/form-data"],
    ["--x\r\nContent-Dispo", "multipart/form-data; boundary=x"],
    ["hello", "text/plain"],
    ["", undefined],
  ];
  for (const [body, contentType] of bodies) {
    const { status } = await post(route, body, contentType);
    expect({ body, status: status < 500 }).toEqual({ body, status: true });
  }
});

test("a report of presence that says nothing is refused", async () => {
  for (const body of ["", "{", "null", "[]", '{"tabId":1}', '{"tabId":"x"}']) {
    const { status } = await post("app.orders_.$orderId_.presence", body, "application/json");
    expect({ body, status }).toEqual({ body, status: 422 });
  }
});

test("a form larger than any is refused before it is read, whoever sends it", async () => {
  const send = (body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${app.appUrl}/app/bulk/new`, {
      method: "POST",
      headers: { Accept: "text/html", "Content-Type": "application/x-www-form-urlencoded", ...headers },
      body,
      duplex: "half",
    } as RequestInit);
  expect((await send("x".repeat(8 * 1024 * 1024 + 1))).status).toBe(413);
  const withoutLength = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("ids=1"));
      controller.close();
    },
  });
  expect((await send(withoutLength)).status).toBe(411);
});

test("large forms that never end keep out other large ones and no small one", async () => {
  const { hostname, port, host } = new URL(app.appUrl);
  const stuck = Array.from({ length: 16 }, () => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on("error", () => {}); // ended by us
    const type = "Accept: text/html\r\nContent-Type: application/x-www-form-urlencoded";
    socket.write(
      `POST /app/bulk/new HTTP/1.1\r\nHost: ${host}\r\n${type}\r\nContent-Length: ${8 * 1024 * 1024}\r\n\r\nids=`,
    );
    return socket;
  });
  const statusOf = async (size: number) => {
    const body = new URLSearchParams({ ids: "x".repeat(size) });
    return (await fetch(`${app.appUrl}/app/bulk/new`, { method: "POST", body })).status;
  };
  await expect.poll(() => statusOf(512 * 1024)).toBe(503);
  expect(await statusOf(100)).toBe(401);
  for (const socket of stuck) socket.destroy();
  await expect.poll(() => statusOf(512 * 1024)).toBe(401);
});
