import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db } from "../../app/db.server.ts";
import { seedOrderHistory } from "../../drizzle/seeds/order-history.ts";
import { type SeededRandom, seededRandom } from "../../drizzle/seeds/seeded-random.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { createTestDatabase } from "../support/test-database.ts";

let db: Db;
let app: AppProcesses;
let drop: () => Promise<void>;
let shopDomain: string;
let anId: string;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 2, name: "test" });
  shopDomain = (await createShop(db)).domain;
  await seedOrderHistory({ databaseUrl: database.url, domain: shopDomain, orders: 300 });
  app = await startApp(database.url);
  const page = await ask("/app/orders?_data=routes/app.orders");
  anId = /"id":"([0-9a-f-]{36})"/.exec(page.text)?.[1] ?? "";
  expect(anId).not.toBe("");
});
afterAll(async () => {
  await app?.stop();
  await db?.close();
  await drop?.();
});

async function ask(address: string): Promise<{ status: number; text: string }> {
  const token = signSessionToken({ shop: shopDomain, userId: 1001, ...app.secrets });
  const answer = await fetch(app.appUrl + address, {
    headers: { Accept: "text/html", Authorization: `Bearer ${token}` },
    redirect: "manual",
  });
  return { status: answer.status, text: await answer.text() };
}

const scraps = [
  "",
  "status:",
  "status:shipped",
  "-",
  "NOT",
  '"',
  '"green tea"',
  "total:>=",
  "total:99999999999999999999..1e9",
  "total:-92233720368547758.08",
  "items:>=2147483648",
  "items:-9999999999",
  "created:2026-02-30",
  "created:0001-01-01..9999-12-31",
  "created:294277-01-01",
  "created:0000-01-01",
  "updated:>0000-12",
  "created:9999-12",
  "created:-999999d",
  "updated:..today",
  "issued:0001-01-01..9999-12-31",
  "due:>0000-12",
  "due:<today",
  "number:--",
  "kind:credit_note,invoice",
  "customer_id:99999999999999999999999",
  "tag:'",
  "tag:\\",
  'tag:"a\\"b"',
  "note:!&|():*<->",
  "100%_\\",
  "#",
  "#'; drop table orders --",
  "\0",
  "\ud800",
  "\u202e",
  "🐕‍🦺",
  "ﬁ½™İ",
  "constructor:__proto__",
  "__proto__",
  "has:constructor",
  "is:toString",
  "a".repeat(3_000),
  "x ".repeat(200),
];
const keys = [
  "",
  "_",
  "2026-01-01T00:00:00Z",
  "2026-01-01",
  "2026-02-30",
  "0001-01-01",
  "9999-99-99T99:99:99Z",
  "0000-01-01T00:00:00Z",
  "2026-01-01T00:00:00.123456+14:00",
  "999999999999999999",
  "-1",
  "1.5",
  "NaN",
  "infinity",
  "\0",
  "𝔘",
  "a".repeat(199),
  "'",
];
const words = [
  "created",
  "updated",
  "total",
  "customer",
  "issued",
  "due",
  "number",
  "buyer",
  "constructor",
  "toString",
  "__proto__",
  "asc",
  "desc",
];

/** Anything for a parameter: what it may be, what it nearly may be, and noise. */
function anything(random: SeededRandom, name: string): string {
  const noise = () =>
    String.fromCharCode(...Array.from({ length: random.integer(0, 12) }, () => random.integer(0, 0xffff)));
  if (random.chance(0.15)) return noise();
  switch (name) {
    case "q":
      return Array.from({ length: random.integer(1, 4) }, () =>
        random.chance(0.2) ? noise() : random.pick(scraps),
      ).join(random.pick([" ", "", ":", ",", " OR "]));
    case "sort":
      return `${random.pick(words)}${random.pick(["-", "", "--", "_"])}${random.pick(words)}`;
    case "after":
    case "before":
      return `${random.pick([anId, anId, "", "x", "00000000-0000-0000-0000-000000000000"])}_${random.pick(keys)}`;
    case "at":
      return random.pick([
        "2026-11-01",
        "2026-02-29",
        "0000-00-00",
        "0000-01-01",
        "9999-12-31",
        "0001-01-01",
        "275760-09-13",
        "today",
      ]);
    case "ids":
      return Array.from({ length: random.integer(1, 3) }, () =>
        random.pick([anId, anId, `order.${anId}`, "order.", "order.order.x", "x", ""]),
      ).join(",");
    case "columns":
      return Array.from({ length: random.integer(1, 5) }, () =>
        random.pick([...words, "status", "note", ""]),
      ).join(",");
    default:
      return random.pick([anId, "all", "review", "none", "../x", ...words]);
  }
}

const parameters = ["q", "sort", "after", "before", "at", "columns", "view", "ids", "limit"];

/** The lists, and where a list on screen asks for its rows. */
const lists = ["orders", "customers", "invoices"];

function garbageAddress(seed: number): string {
  const random = seededRandom(97, seed);
  const search = new URLSearchParams();
  for (const name of parameters) {
    if (random.chance(name === "q" || name === "sort" ? 0.7 : 0.4))
      search.append(name, anything(random, name));
    if (random.chance(0.05)) search.append(name, anything(random, name));
  }
  const list = random.pick(lists);
  if (random.chance(0.3)) return `/app/${list}/rows?${search}`;
  if (random.chance(0.5)) search.append("_data", `routes/app.${list}`);
  return `/app/${list}?${search}`;
}

test("four hundred addresses full of garbage are answered like any other, none with a fault of the server", async () => {
  const faults: object[] = [];
  const lane = async (first: number) => {
    for (let seed = first; seed < 400; seed += 2) {
      const address = garbageAddress(seed);
      const { status, text } = await ask(address);
      const saysError = /_data|rows/.test(address) && /"(message|stack)":"[^"]*Error/.test(text);
      if (status !== 200 || saysError) faults.push({ address, status, text: text.slice(0, 300) });
    }
  };
  await Promise.all([lane(0), lane(1)]);
  expect(faults).toEqual([]);
});

test("bytes that are no text in an address are answered too", async () => {
  for (const raw of ["%", "%ff", "%00", "%ed%a0%80", "q=%c3%28", "&&&==", "q[]=1&q[a]=2", "after=%"]) {
    const { status } = await ask(`/app/orders?q=${raw}&after=${raw}&sort=${raw}`);
    expect({ raw, status }).toEqual({ raw, status: 200 });
  }
});
