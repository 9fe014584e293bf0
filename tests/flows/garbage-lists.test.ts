import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db } from "../../app/db.server.ts";
import { seedOrderHistory } from "../../drizzle/seeds/order-history.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { garbageAddress } from "../support/garbage-address.ts";
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

test("four hundred addresses full of garbage are answered like any other, none with a fault of the server", async () => {
  const faults: object[] = [];
  const lane = async (first: number) => {
    for (let seed = first; seed < 400; seed += 2) {
      const address = garbageAddress(seed, anId);
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
