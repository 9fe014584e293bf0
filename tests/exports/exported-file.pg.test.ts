import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { erasePersonalData } from "../../app/customers/erase-personal-data.server.ts";
import { listPrivacyRequests } from "../../app/customers/list-privacy-requests.server.ts";
import { withShop } from "../../app/db.server.ts";
import { deleteExpiredExports } from "../../app/exports/delete-expired-exports.server.ts";
import { signDownload, verifyDownload } from "../../app/exports/download-token.server.ts";
import {
  findExportedFile,
  findExportRequest,
  listExports,
  readExportChunk,
} from "../../app/exports/exports.server.ts";
import { sendFile } from "../../app/exports/send-file.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery } from "../support/deliveries.ts";
import { exportSteps } from "./export-steps.ts";
import { fillOrders } from "./fill-orders.ts";

const context = openAppContext();
const { ask, run, names, holdBack } = exportSteps(context);

test("a browser that takes nothing gets nothing more: no piece is read ahead of it", async () => {
  const { shopId } = await createShop(context.db);
  await fillOrders(context.db, shopId, 10);
  const exportId = await ask(shopId);
  await run(shopId, exportId);
  const file = await findExportedFile(context.db, shopId, exportId);
  if (!file) throw new Error("there is no file");
  const taken = Promise.withResolvers<void>();
  let asked = 0;
  const answer = sendFile(context.db, { shopId, exportId, file }, () => {
    asked += 1;
    return taken.promise;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toBe(0);
  let arrived = false;
  const reading = answer.arrayBuffer().then(() => {
    arrived = true;
  });
  await listExports(context.db, shopId);
  expect({ asked, arrived }).toEqual({ asked: 1, arrived: false });
  taken.resolve();
  await reading;
});

test("another shop's export is nowhere to be found", async () => {
  const [mine, theirs] = [await createShop(context.db), await createShop(context.db)];
  await fillOrders(context.db, mine.shopId, 3);
  const exportId = await ask(mine.shopId);
  await run(mine.shopId, exportId);
  expect(await listExports(context.db, theirs.shopId)).toEqual([]);
  expect(await findExportRequest(context.db, theirs.shopId, exportId)).toBeNull();
  expect(await findExportedFile(context.db, theirs.shopId, exportId)).toBeNull();
  expect(await readExportChunk(context.db, theirs.shopId, exportId, 0)).toBeNull();
  await run(theirs.shopId, await ask(theirs.shopId));
  expect(await names(mine.shopId, exportId)).toHaveLength(3);
});

test("a link works for its own file and a while, and for nothing else", async () => {
  const key = Buffer.alloc(32, 7);
  const [shopId, exportId] = [randomUUID() as ShopId, randomUUID()];
  const token = await signDownload(key, { shopId, fileId: exportId });
  const outcomeOf = async (id: string, given: string, by = key) =>
    (await verifyDownload(by, id, given)).outcome;
  expect(await verifyDownload(key, exportId, token)).toEqual({ outcome: "granted", shopId });
  expect(await outcomeOf(randomUUID(), token)).toBe("refused");
  expect(await outcomeOf(exportId, token, Buffer.alloc(32, 8))).toBe("refused");
  const [head, , signature] = token.split(".");
  const forged = Buffer.from(JSON.stringify({ sub: exportId, shop: randomUUID() })).toString("base64url");
  expect(await outcomeOf(exportId, `${head}.${forged}.${signature}`)).toBe("refused");
  for (const garbage of ["", "x", "a.b.c"]) expect(await outcomeOf(exportId, garbage)).toBe("refused");
  const old = await signDownload(key, { shopId, fileId: exportId }, new Date(Date.now() - 1_000));
  expect(await outcomeOf(exportId, old)).toBe("expired");
  expect(await outcomeOf(randomUUID(), old)).toBe("refused");
});

test("a file that expired is deleted, its entry a week later; one that was never finished is given up", async () => {
  const { shopId } = await createShop(context.db);
  await fillOrders(context.db, shopId, 3);
  const [kept, expired, forgotten, unfinished] = [
    await ask(shopId),
    await ask(shopId),
    await ask(shopId),
    await ask(shopId),
  ];
  for (const exportId of [kept, expired, forgotten]) await run(shopId, exportId);
  await withShop(context.db, shopId, async ({ sql }) => {
    await sql`update list_exports set expires_at = now() - interval '1 minute' where id <> ${kept}`;
    await sql`update list_exports set created_at = now() - interval '8 days' where id = ${forgotten}`;
  });
  await deleteExpiredExports(context.db);
  const listed = await listExports(context.db, shopId);
  const states = new Map(listed.map(({ id, state, expired }) => [id, { state, expired }]));
  expect(states).toEqual(
    new Map([
      [unfinished, { state: "failed", expired: true }],
      [expired, { state: "done", expired: true }],
      [kept, { state: "done", expired: false }],
    ]),
  );
  expect(await readExportChunk(context.db, shopId, expired, 0)).toBeNull();
  expect(await readExportChunk(context.db, shopId, kept, 0)).not.toBeNull();
});

test("a download whose file is deleted meanwhile breaks off instead of ending short", async () => {
  const { shopId } = await createShop(context.db);
  await fillOrders(context.db, shopId, 3);
  const exportId = await ask(shopId);
  await run(shopId, exportId);
  const file = await findExportedFile(context.db, shopId, exportId);
  if (!file) throw new Error("there is no file");
  const answer = sendFile(context.db, { shopId, exportId, file }, async () => {});
  await withShop(context.db, shopId, (tx) => tx.sql`delete from export_chunks`.then(() => {}));
  await expect(answer.arrayBuffer()).rejects.toThrow("deleted while it was sent");
});

test("an erasure takes the shop's files with it, also the one that is being written", async () => {
  const { shopId, domain } = await createShop(context.db);
  await fillOrders(context.db, shopId, 3);
  const [written, running] = [await ask(shopId), await ask(shopId)];
  await run(shopId, written);
  const release = await holdBack(shopId, running);
  const writing = run(shopId, running);
  await release.reached;
  const redaction = JSON.stringify({ customer: { id: 77 } });
  await deliverAndProcess(context, delivery(domain, redaction, { topic: "customers/redact" }));
  const [request] = await listPrivacyRequests(context.db, shopId);
  const erasing = erasePersonalData(context.db, shopId, request?.id ?? "");
  await release.go();
  await Promise.all([writing, erasing]);
  expect(await listExports(context.db, shopId)).toEqual([]);
  expect(await readExportChunk(context.db, shopId, written, 0)).toBeNull();
  expect(await readExportChunk(context.db, shopId, running, 0)).toBeNull();
});
