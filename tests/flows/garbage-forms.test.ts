import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import { orderIdSchema } from "../../app/orders/order.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { type SeededRandom, seededRandom } from "../../drizzle/seeds/seeded-random.ts";
import { fillOrders } from "../exports/fill-orders.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
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

const scraps = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\u202e",
  "🐕‍🦺",
  "'; drop table orders --",
  "{}",
  "[]",
  "null",
  "__proto__",
  "constructor",
  "0",
  "1",
  "-1",
  "1.5",
  "1e400",
  "2147483648",
  "9223372036854775808",
  "99999999999999999999999999",
  "NaN",
  "Infinity",
  "x,y\n#1,T1\n\n,,,\n#2,DHL,T2",
  '"#1","T',
  "#1\tT1\0",
  "a".repeat(6_000),
  "status:shipped",
  'tag:"',
  "orders",
  "customers",
  "csv",
  "xlsx",
  "created-desc",
  "constructor-desc",
  "all",
];
const seen = JSON.stringify({ name: "A view", team: true, query: "", sort: "", columns: [] });

/** What each field may be, beside garbage: enough for a form to get past the first door. */
const usual: Record<string, readonly string[]> = {
  kind: ["add_tag", "remove_tag", "set_status", "set_tracking", "undo", "undecided"].concat([
    "issue_invoices",
    "mark_paid",
    "send_mail",
    "zip",
    "pdf",
  ]),
  period: ["2026-01-01..2026-12-31"],
  status: ["PENDING", "SHIPPED", "CANCELLED"],
  screen: ["orders", "customers"],
  format: ["csv", "jsonl"],
  seen: [seen],
  version: ["1", "2"],
  openedVersion: ["1"],
  theirVersion: ["1"],
  decidedVersion: ["1"],
  all: ["1"],
  answer: ["data"],
  part: ["seller", "numbering", "automation", "taxes", "template", "mail", "logo"],
  opened: ["{}"],
  by: ["full", "lines", "amount"],
  amount: ["1.00"],
  paidOn: ["2026-11-25"],
  line: ["item:11"],
  quantity: ["1"],
  color: ["#1f4f8b"],
  language: ["en"],
  termsDays: ["14"],
  trigger: ["by_hand", "paid"],
  rounding: ["line", "document"],
  "invoice.prefix": ["INV-{YYYY}-"],
  "credit_note.prefix": ["CN-{YYYY}-"],
  "invoice.padding": ["4"],
  "credit_note.padding": ["4"],
  "invoice.start": ["1"],
  "credit_note.start": ["1"],
  field: ["note", "status"],
};

const intents: Record<string, readonly string[]> = {
  "app.bulk_.$bulkId": ["choose", "start", "stop", "undo", "retry"],
  "app.views": [
    "create",
    "rename",
    "update",
    "share",
    "unshare",
    "delete",
    "left",
    "right",
    "restore",
  ].concat(["default", "nodefault"]),
  "app.settings.shipping": ["save", "overwrite", "add-step", "remove-step.0", "remove-step.99"],
  "app.settings.invoices": ["save", "overwrite", "preview", "logo", "remove-logo"],
  "app.invoices_.$documentId": ["record_payment", "undo_payment"],
  "app.invoices_.$documentId_.credit": ["preview", "issue"],
  "app.orders_.$orderId": ["add_tag", "remove_tag", "reviewed", "restore", "dismiss_draft"],
  "app.orders.$orderId.edit": ["save", "refresh", "force"],
};

const fields: Record<string, readonly string[]> = {
  "app.bulk_.new": ["ids", "ids", "all", "q", "kind", "status", "tag"],
  "app.bulk_.tracking": ["lines"],
  "app.invoices_.bulk": ["ids", "ids", "all", "q", "kind"],
  "app.invoices_.accounting": ["period"],
  "app.bulk_.$bulkId": ["intent", "kind", "status", "tag"],
  "app.exports": ["screen", "format", "q", "sort", "columns", "ids", "ids", "all", "again"],
  "app.views": ["intent", "screen", "q", "sort", "columns", "view", "version", "seen", "name", "team"],
  "app.settings.shipping": [
    "intent",
    "version",
    "theirVersion",
    "flatFee",
    "freeFrom",
    "upTo",
    "upTo",
    "fee",
    "fee",
  ],
  "app.settings.invoices": ["intent", "part", "version", "theirVersion", "opened", "file"]
    .concat(["name", "address", "countryCode", "taxLabel.0", "taxValue.0", "iban", "bic", "email", "footer"])
    .concat(["invoice.prefix", "invoice.padding", "invoice.yearly", "invoice.start"])
    .concat(["credit_note.prefix", "credit_note.padding", "credit_note.yearly", "credit_note.start"])
    .concat(["trigger", "since", "excludeTags", "sendByEmail", "rounding", "zeroReason", "vatIdAttributes"])
    .concat(["color", "language", "termsDays", "notes", "fromName", "replyTo", "subject", "body"]),
  "app.invoices_.$documentId": ["intent", "amount", "paidOn", "note", "paymentId"],
  "app.invoices_.$documentId_.credit": ["intent", "by", "line", "quantity", "amount", "reason"],
  "app.orders_.$orderId_.invoice": ["billHash"],
  "app.customers_.$customerId": ["version", "openedNote", "note", "decidedVersion"],
  "app.orders_.$orderId": ["intent", "openedVersion", "version", "tag", "draftId"],
  "app.orders.$orderId.edit": [
    "intent",
    "version",
    "decidedVersion",
    "status",
    "trackingCompany",
    "trackingNumber",
  ].concat(["note", "openedNote", "answer", "choice.note"]),
};

const pathOf = (route: string) =>
  `/${route.replaceAll("_.", "/").replaceAll(".", "/")}`
    .replace("$orderId", ids.order)
    .replace("$customerId", ids.customer)
    .replace("$bulkId", ids.bulk)
    .replace("$documentId", ids.document);

/** @param sound how likely a field is what it should be */
function garbage(random: SeededRandom, route: string, name: string, sound: number): string {
  const known = ["ids", "again"].includes(name)
    ? Object.values(ids)
    : name === "intent"
      ? intents[route]
      : name === "view"
        ? [ids.view]
        : usual[name];
  if (known && random.chance(sound)) return random.pick(known);
  if (random.chance(0.2)) return random.pick(["\0", "a\0b", "\ud800"]);
  if (random.chance(0.15))
    return String.fromCharCode(
      ...Array.from({ length: random.integer(0, 20) }, () => random.integer(0, 0xffff)),
    );
  return random.pick(scraps);
}

const headers = () => ({
  Accept: "*/*",
  Authorization: `Bearer ${signSessionToken({ shop: shopDomain, userId: 1001, ...app.secrets })}`,
});

async function post(route: string, body: BodyInit, contentType?: string) {
  const address = `${app.appUrl}${pathOf(route)}?_data=${encodeURIComponent(`routes/${route}`)}`;
  const answer = await fetch(address, {
    method: "POST",
    redirect: "manual",
    headers: { ...headers(), ...(contentType ? { "Content-Type": contentType } : {}) },
    body,
  });
  return { status: answer.status, text: (await answer.text()).slice(0, 300) };
}

/** A form as a browser might send it, or a stranger: fields missing, twice, or files where texts should be. */
function garbageForm(random: SeededRandom, route: string): FormData | URLSearchParams {
  // Many forms have one thing wrong, some have everything.
  const sound = random.pick([0.5, 0.9, 1]);
  const pairs = (fields[route] ?? []).flatMap((name) => {
    if (random.chance((1 - sound) / 4)) return [];
    const values = random.chance(0.05) ? [name, name] : [name];
    return values.map(() => [name, garbage(random, route, name, sound)] as const);
  });
  if (!random.chance(0.2)) return new URLSearchParams(pairs.map(([name, value]) => [name, value]));
  const form = new FormData();
  for (const [name, value] of pairs)
    form.append(name, random.chance(0.2) ? new File([value], "a.txt") : value);
  return form;
}

test.each(Object.keys(fields))(
  "garbage posted to %s is answered, never with a fault of the server",
  async (route) => {
    const faults: object[] = [];
    for (let seed = 0; seed < 200; seed += 1) {
      const form = garbageForm(seededRandom(11, seed), route);
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
