import { readFileSync } from "node:fs";
import { connect } from "node:net";
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

/** Sends a request as it stands. @returns its answer's status */
function sendRaw(head: string): Promise<number> {
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(app.appUrl).port) });
  return new Promise((resolve, reject) => {
    let text = "";
    socket.on("data", (data) => (text += data));
    socket.once("close", () => resolve(Number(text.split(" ", 2)[1])));
    socket.once("error", reject);
    socket.write(`${head}\r\nConnection: close\r\n\r\n`);
  });
}

test("a host, an address or a method that is none is no fault of the server, and leaves no stack in its log", async () => {
  const heads = [
    "GET /app HTTP/1.1\r\nHost: [",
    "GET /app HTTP/1.1\r\nHost: x:99999",
    "GET /app HTTP/1.1\r\nHost: x\r\nX-Forwarded-Host: y:99999",
    "GET http://[ HTTP/1.1\r\nHost: x",
    "GET // HTTP/1.1\r\nHost: x",
    "GET /%ff HTTP/1.1\r\nHost: x",
    "GET /assets/%ff HTTP/1.1\r\nHost: x",
    "GET /assets/none.js HTTP/1.1\r\nHost: x",
    "TRACE /app HTTP/1.1\r\nHost: x",
    "PROPFIND /app HTTP/1.1\r\nHost: x",
  ];
  const answers = await Promise.all(heads.map(async (head) => ({ head, status: await sendRaw(head) })));
  expect(answers.filter(({ status }) => !(status >= 200 && status < 500))).toEqual([]);
  const lines = readFileSync(app.web.logFile, "utf8").split("\n").filter(Boolean);
  expect(lines.filter((line) => /^\s+at /.test(line))).toEqual([]);
});
