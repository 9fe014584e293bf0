import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db } from "../../app/db.server.ts";
import { signDownload } from "../../app/exports/download-token.server.ts";
import { changeLogo } from "../../app/invoices/change-logo.server.ts";
import { orderIdSchema } from "../../app/orders/order.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { fillOrders } from "../exports/fill-orders.ts";
import { pngOf } from "../invoices/pictures.ts";
import { createShop } from "../support/app-context.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { fakePdf, type PlacedDocument, placeDocument } from "../support/issue-document.ts";
import { createTestDatabase } from "../support/test-database.ts";

/** The doors that frames, pictures and downloads knock at without a session: their links say whose it is. */

let db: Db;
let app: AppProcesses;
let drop: () => Promise<void>;
let mine: { shopId: ShopId };
let theirs: { shopId: ShopId };
let document: PlacedDocument;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 4, name: "test" });
  [mine, theirs] = [await createShop(db), await createShop(db)];
  const [orderId] = await fillOrders(db, mine.shopId, 1);
  document = await placeDocument(db, mine.shopId, orderIdSchema.parse(orderId));
  const actor = { kind: "merchant", id: "1", name: "Anna Berg" } as const;
  for (const { shopId } of [mine, theirs]) await changeLogo(db, { shopId, bytes: pngOf(32, 32), actor });
  app = await startApp(database.url);
});
afterAll(async () => {
  await app?.stop();
  await db?.close();
  await drop?.();
});

const sign = (shopId: ShopId, fileId: string, expiresAt?: Date) =>
  signDownload(Buffer.from(app.secrets.encryptionKey, "hex"), { shopId, fileId }, expiresAt);

const ask = (path: string, query: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${app.appUrl}${path}?${new URLSearchParams(query)}`, { headers, redirect: "manual" });

/** A door: its path, what its token is signed for, and what else stands in its address. */
const doors = (): { path: string; fileId: string; more: Record<string, string> }[] => [
  { path: `/app/invoices/${document.documentId}/pdf`, fileId: document.documentId, more: {} },
  { path: "/app/settings/invoices/preview", fileId: mine.shopId, more: { for: mine.shopId } },
  { path: "/app/settings/invoices/logo", fileId: mine.shopId, more: { for: mine.shopId } },
  { path: "/app/invoices/audit.csv", fileId: mine.shopId, more: { for: mine.shopId } },
];

test("each door opens for its own link alone, and for a while", async () => {
  for (const { path, fileId, more } of doors()) {
    const statusOf = async (token: string) => (await ask(path, { ...more, token })).status;
    const past = new Date(Date.now() - 1_000);
    expect({ path, status: await statusOf(await sign(mine.shopId, fileId)) }).toEqual({ path, status: 200 });
    expect({ path, status: await statusOf(await sign(theirs.shopId, fileId)) }).toEqual({
      path,
      status: 404,
    });
    expect({ path, status: await statusOf(await sign(mine.shopId, crypto.randomUUID())) }).toEqual({
      path,
      status: 404,
    });
    expect({ path, status: await statusOf(await sign(mine.shopId, fileId, past)) }).toEqual({
      path,
      status: 410,
    });
    for (const token of ["", "x", `${await sign(mine.shopId, fileId)}x`])
      expect({ path, status: await statusOf(token) }).toEqual({ path, status: 404 });
  }
});

test("nothing is drawn of an order or a document of another shop, whatever the link is signed for", async () => {
  const { orderId, documentId } = document;
  for (const [path, id] of [
    [`/app/orders/${orderId}/invoice/draft`, orderId],
    [`/app/invoices/${documentId}/credit/draft`, documentId],
  ] as const) {
    const answer = await ask(path, { token: await sign(theirs.shopId, id), by: "full" });
    expect({ path, status: answer.status }).toEqual({ path, status: 404 });
  }
});

test("a document's PDF is what was kept, shown or saved under its number, and not sent twice", async () => {
  const path = `/app/invoices/${document.documentId}/pdf`;
  const token = await sign(mine.shopId, document.documentId);
  const shown = await ask(path, { token });
  expect(Buffer.from(await shown.arrayBuffer()).equals(fakePdf)).toBe(true);
  expect(shown.headers.get("content-type")).toBe("application/pdf");
  expect(shown.headers.get("cache-control")).toMatch(/^private/);
  expect(shown.headers.get("content-disposition")).toMatch(/^inline/);
  const saved = await ask(path, { token, download: "1" });
  expect(saved.headers.get("content-disposition")).toBe(
    `attachment; filename="${document.number}.pdf"; filename*=UTF-8''${document.number}.pdf`,
  );
  const etag = shown.headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
  const again = await ask(path, { token }, { "If-None-Match": etag });
  expect({ status: again.status, body: await again.text() }).toEqual({ status: 304, body: "" });
});
