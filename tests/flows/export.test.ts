import { afterAll, beforeAll, expect, test } from "vitest";
import { type Db, withShop } from "../../app/db.server.ts";
import { signDownload } from "../../app/exports/download-token.server.ts";
import { listExports } from "../../app/exports/exports.server.ts";
import { requestExport } from "../../app/exports/request-export.server.ts";
import type { Queue } from "../../app/queue.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { fillOrders } from "../exports/fill-orders.ts";
import { createShop } from "../support/app-context.ts";
import type { AppProcesses } from "../support/app-processes.ts";
import { startBuiltApp } from "../support/start-built-app.ts";

let db: Db;
let queue: Queue;
let app: AppProcesses;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ db, queue, app, stop } = await startBuiltApp({ max: 6 }));
});
afterAll(() => stop?.());

const orderCount = 20_000;

async function ask(shopId: ShopId): Promise<string> {
  const asked = await requestExport(db, queue, {
    shopId,
    actor: { kind: "merchant", id: "1", name: "Anna Berg" },
    request: {
      screen: "orders",
      format: "jsonl",
      query: "",
      ids: null,
      sort: "created-asc",
      columns: ["customer", "created", "total", "note"],
    },
  });
  if (asked.outcome !== "requested") throw new Error(asked.outcome);
  return asked.exportId;
}

const readState = async (shopId: ShopId) => {
  const [listed] = await listExports(db, shopId);
  return listed?.state;
};

async function linkTo(shopId: ShopId, exportId: string, expiresAt?: Date): Promise<string> {
  const key = Buffer.from(app.secrets.encryptionKey, "hex");
  const token = await signDownload(key, { shopId, fileId: exportId }, expiresAt);
  return `${app.appUrl}/app/exports/${exportId}/file?token=${token}`;
}

/** Kills the worker in the middle of a file: it cannot go on while its row is held. */
async function killWhileWriting(shopId: ShopId): Promise<void> {
  const worker = await app.startWorker();
  await expect
    .poll(async () => (await listExports(db, shopId))[0]?.written, { timeout: 30_000, interval: 5 })
    .toBeGreaterThan(0);
  await withShop(db, shopId, async ({ sql }) => {
    const [row] = await sql<{ state: string; written: number }[]>`
      select state, written from list_exports where shop_id = ${shopId} for update`;
    expect(row?.state).toBe("running");
    expect(row?.written).toBeLessThan(orderCount);
    process.kill(worker.pid, "SIGKILL");
    await worker.ended;
  });
}

test("a worker killed in the middle of a file leaves it to the next, which writes it whole and once", async () => {
  const { shopId } = await createShop(db);
  await fillOrders(db, shopId, orderCount);
  const exportId = await ask(shopId);
  await killWhileWriting(shopId);
  await killWhileWriting(shopId);
  await app.startWorker();
  await expect.poll(() => readState(shopId), { timeout: 60_000 }).toBe("done");

  const answer = await fetch(await linkTo(shopId, exportId));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-disposition")).toMatch(
    /^attachment; filename="orders-\d{4}-\d\d-\d\d\.jsonl"/,
  );
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  const lines = (await answer.text()).trimEnd().split("\n");
  const names = lines.map((line) => (JSON.parse(line) as { name: string }).name);
  expect(names).toEqual(Array.from({ length: orderCount }, (_, index) => `#${index + 1}`));
});

test("the door to a file opens for its own link alone, and for a while", async () => {
  const [mine, theirs] = [await createShop(db), await createShop(db)];
  await fillOrders(db, mine.shopId, 3);
  const exportId = await ask(mine.shopId);
  await app.startWorker();
  await expect.poll(() => readState(mine.shopId), { timeout: 30_000 }).toBe("done");
  const statusOf = async (link: string) => (await fetch(link)).status;
  expect(await statusOf(await linkTo(mine.shopId, exportId))).toBe(200);
  expect(await statusOf(await linkTo(theirs.shopId, exportId))).toBe(404);
  expect(await statusOf(`${await linkTo(mine.shopId, exportId)}x`)).toBe(404);
  expect(await statusOf(`${app.appUrl}/app/exports/${exportId}/file`)).toBe(404);
  expect(await statusOf(`${app.appUrl}/app/exports/${crypto.randomUUID()}/file?token=x`)).toBe(404);
  const expired = await fetch(await linkTo(mine.shopId, exportId, new Date(Date.now() - 1_000)));
  expect(expired.status).toBe(410);
  expect(await expired.text()).toContain("Open the exports page again");
});
