import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import { orderIdSchema } from "../../app/orders/order.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { fillOrders } from "../exports/fill-orders.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { placeDocument } from "../support/issue-document.ts";
import { repositoryRoot } from "../support/repository-root.ts";
import { createTestDatabase } from "../support/test-database.ts";

/** Every route of the app, asked by those it is not for: nobody, somebody too late, and somebody of another shop. */

interface Route {
  id: string;
  path: string;
  reads: boolean;
  writes: boolean;
}

const folder = join(repositoryRoot, "app/routes");

/** The routes as their files are named. One that is added is asked too, and must have ids to be asked with. */
const routes = readdirSync(folder)
  .filter((file) => file.startsWith("app.") && !file.startsWith("app.$."))
  .map((file): Route => {
    const name = file.replace(/\.tsx?$/, "");
    const source = readFileSync(join(folder, file), "utf8");
    // A dot in brackets is one of the address.
    const parts = name.split(/(?<!\[)\.(?!\])/).map((part) => part.replace(/_$/, "").replace("[.]", "."));
    return {
      id: `routes/${name}`,
      path: `/${parts.filter((part) => !part.startsWith("_")).join("/")}`,
      reads: /export (async )?function loader/.test(source),
      writes: /export (async )?function action/.test(source),
    };
  });

/** A file's link carries its own proof; tests/flows/export.test.ts and file-links.test.ts ask at those doors. */
const fileLinks = [
  "routes/app.exports_.$exportId.file",
  "routes/app.invoices_.$documentId_.pdf",
  "routes/app.invoices_.$documentId_.credit_.draft",
  "routes/app.orders_.$orderId_.invoice_.draft",
  "routes/app.settings.invoices_.preview",
  "routes/app.settings.invoices_.logo",
];
const withSession = routes.filter(({ id }) => !fileLinks.includes(id));
const requests = withSession.flatMap((route) => [
  ...(route.reads ? [{ ...route, method: "GET" }] : []),
  ...(route.writes ? [{ ...route, method: "POST" }] : []),
]);

let db: Db;
let app: AppProcesses;
let drop: () => Promise<void>;
let mine: { shopId: ShopId; domain: string };
const theirs: Record<string, string> = {};
let theirShop: ShopId;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 4, name: "test" });
  mine = await createShop(db);
  // Of somebody unknown each request would first ask Shopify for the name, and no Shopify is there.
  await withShop(
    db,
    mine.shopId,
    (tx) => tx.sql`insert into staff_members (shop_id, shopify_user_id, name)
                   values (${mine.shopId}, 1001, 'Anna Berg')`,
  );
  theirShop = (await createShop(db)).shopId;
  const [orderId = ""] = await fillOrders(db, theirShop, 1);
  Object.assign(theirs, {
    $orderId: orderId,
    $customerId: crypto.randomUUID(),
    $bulkId: crypto.randomUUID(),
    view: crypto.randomUUID(),
    exportId: crypto.randomUUID(),
  });
  theirs.$documentId = (await placeDocument(db, theirShop, orderIdSchema.parse(orderId))).documentId;
  await withShop(db, theirShop, async ({ sql }) => {
    await sql`insert into customers (shop_id, id, shopify_customer_id, first_name) values (${theirShop}, ${theirs.$customerId ?? ""}, 1, 'Eve')`;
    await sql`insert into bulk_actions (shop_id, id, kind, input, state, total, actor_name)
              values (${theirShop}, ${theirs.$bulkId ?? ""}, 'add_tag', '{"tag": "x"}', 'draft', 1, 'Eve')`;
    await sql`insert into bulk_items (shop_id, bulk_action_id, position, subject_id, opened_version)
              values (${theirShop}, ${theirs.$bulkId ?? ""}, 1, ${orderId}, 1)`;
    await sql`insert into saved_views (shop_id, id, screen, name, query, sort, columns, position, created_by)
              values (${theirShop}, ${theirs.view ?? ""}, 'orders', 'Their view', '', 'created-desc', '{}', 1, 'Eve')`;
    await sql`insert into list_exports (shop_id, id, screen, format, query, sort, columns, state, actor_name, expires_at)
              values (${theirShop}, ${theirs.exportId ?? ""}, 'orders', 'csv', '', 'created-desc', '{}', 'done', 'Eve', now() + interval '1 day')`;
  });
  app = await startApp(database.url);
});
afterAll(async () => {
  await app?.stop();
  await db?.close();
  await drop?.();
});

const tokenOf = (shop: string, now = Date.now()) =>
  signSessionToken({ shop, userId: 1001, now, ...app.secrets });

const addressOf = ({ path }: Route) =>
  path.replace(/\$\w+/g, (name) => {
    const id = theirs[name];
    if (!id) throw new Error(`the test has no ${name} to ask with`);
    return id;
  });

interface Ask {
  token?: string;
  form?: Record<string, string>;
  html?: boolean;
}

async function ask(route: Route & { method: string }, { token, form = {}, html = false }: Ask) {
  const data = html ? "" : `?_data=${encodeURIComponent(route.id)}`;
  const isPresence = route.id.endsWith("presence");
  const body = isPresence ? JSON.stringify({ tabId: crypto.randomUUID() }) : new URLSearchParams(form);
  const answer = await fetch(app.appUrl + addressOf(route) + data, {
    method: route.method,
    redirect: "manual",
    headers: {
      Accept: html ? "text/html" : "*/*",
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    ...(route.method === "POST" ? { body } : {}),
  });
  return { status: answer.status, text: await answer.text(), location: answer.headers.get("location") };
}

test("the routes are found, the new ones among them", () => {
  expect(requests.length).toBeGreaterThan(25);
  expect(routes.map(({ path }) => path)).toContain("/app/bulk/$bulkId");
});

describe.each(requests)("$method $path", (route) => {
  test("nobody gets in without a token, nor with one that has expired", async () => {
    const expired = tokenOf(mine.domain, Date.now() - 3_600_000);
    expect((await ask(route, {})).status).toBe(401);
    expect((await ask(route, { token: expired })).status).toBe(401);
    const page = await ask(route, { html: true });
    // A document has nobody yet: it is sent away, a form gets back what was typed.
    expect([302, 401]).toContain(page.status);
    expect(page.text).not.toContain("Eve");
  });
});

const ofAnother = requests.filter(({ path }) => path.includes("$"));

test.each(ofAnother)("$method $path of another shop is nothing at all", async (route) => {
  for (const form of formsOf(route.path)) {
    const answer = await ask(route, { token: tokenOf(mine.domain), form });
    expect({ form, status: answer.status }).toEqual({ form, status: 404 });
    expect(answer.text).not.toContain("Eve");
  }
});

/** Forms that would do something to one's own. */
function formsOf(path: string): Record<string, string>[] {
  if (path.endsWith("$bulkId"))
    return [
      { intent: "choose", kind: "add_tag", tag: "y" },
      { intent: "start" },
      { intent: "undo" },
      { intent: "retry" },
    ];
  if (path.endsWith("$documentId"))
    return [
      { intent: "record_payment", amount: "1.00", paidOn: "2026-11-25", note: "" },
      { intent: "undo_payment", paymentId: crypto.randomUUID() },
    ];
  if (path.endsWith("credit"))
    return [
      { intent: "preview", by: "full" },
      { intent: "issue", by: "full" },
    ];
  if (path.endsWith("send"))
    return [
      { intent: "create_link", days: "90" },
      { intent: "revoke_link", linkId: crypto.randomUUID() },
    ];
  if (path.endsWith("$customerId")) return [{ version: "1", openedNote: "", note: "x" }];
  if (path.endsWith("edit"))
    return [
      { version: "1", status: "CONFIRMED", trackingCompany: "", trackingNumber: "", note: "x" },
      {
        version: "1",
        status: "CONFIRMED",
        trackingCompany: "",
        trackingNumber: "",
        note: "x",
        intent: "force",
      },
    ];
  if (path.endsWith("$orderId"))
    return [
      { intent: "add_tag", tag: "y" },
      { intent: "remove_tag", tag: "tag 1" },
      { intent: "reviewed", openedVersion: "1" },
      { intent: "restore", openedVersion: "1", version: "1" },
    ];
  return [{}];
}

test("ids of another shop in a form find nothing", async () => {
  const token = tokenOf(mine.domain);
  const post = (path: string, form: Record<string, string>) => {
    const route = requests.find((one) => one.path === path && one.method === "POST");
    if (!route) throw new Error(`nothing is posted to ${path}`);
    return ask(route, { token, form });
  };
  const { view = "", exportId = "", $orderId = "" } = theirs;
  const shown = { screen: "orders", q: "", sort: "", columns: "" };
  const seen = JSON.stringify({ name: "x", team: true, query: "", sort: "", columns: [] });
  for (const intent of ["update", "share", "unshare", "delete", "left", "right", "restore"]) {
    const { status } = await post("/app/views", { ...shown, view, version: "1", seen, intent });
    expect({ intent, status }).toEqual({ intent, status: 404 });
  }
  expect((await post("/app/exports", { again: exportId })).status).toBe(404);
  const bulk = await post("/app/bulk/new", { ids: $orderId, kind: "add_tag", tag: "x" });
  expect({ status: bulk.status, text: bulk.text }).toEqual({
    status: 422,
    text: expect.stringContaining("No orders were chosen"),
  });
});

test("nothing of the other shop has changed after all that", async () => {
  const [counts] = await withShop(
    db,
    theirShop,
    (tx) => tx.sql<object[]>`
      select (select version from orders) as version, (select state from bulk_actions) as state,
        (select first_name from customers) as name, (select version from saved_views) as view,
        (select count(*)::int from list_exports) as exports, (select count(*)::int from presences) as presences`,
  );
  expect(counts).toEqual({ version: 1, state: "draft", name: "Eve", view: 1, exports: 1, presences: 0 });
});
