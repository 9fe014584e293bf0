import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { erasePersonalData } from "../../app/customers/erase-personal-data.server.ts";
import { listPrivacyRequests } from "../../app/customers/list-privacy-requests.server.ts";
import { type Db, withShop, withShopSnapshot } from "../../app/db.server.ts";
import { deleteExpiredExports } from "../../app/exports/delete-expired-exports.server.ts";
import { signDownload, verifyDownload } from "../../app/exports/download-token.server.ts";
import { ExportFile, ExportTakenOver } from "../../app/exports/export-file.server.ts";
import { ExportRefused } from "../../app/exports/export-refused.ts";
import { type ExportSource, fetchList, openList } from "../../app/exports/export-source.server.ts";
import {
  findExportedFile,
  findExportRequest,
  listExports,
  readExportChunk,
} from "../../app/exports/exports.server.ts";
import { type ExportRequest, maxOpen } from "../../app/exports/list-export.ts";
import { wakeForOpenExports } from "../../app/exports/open-exports.server.ts";
import { requestExport } from "../../app/exports/request-export.server.ts";
import { runExport } from "../../app/exports/run-export.server.ts";
import { sendFile } from "../../app/exports/send-file.server.ts";
import { orderExport } from "../../app/orders/export-orders.server.ts";
import { listOrders } from "../../app/orders/list-orders.server.ts";
import { parseOrderQuery } from "../../app/orders/parse-order-query.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { deliverAndProcess, delivery } from "../support/deliveries.ts";
import { changeOrders, fillOrders } from "./fill-orders.ts";
import { openWorkbook } from "./open-sheet.ts";

const context = openAppContext();
const actor = { kind: "merchant", id: "1", name: "Anna Berg" } as const;
const never = new AbortController().signal;
const timeZone = "Europe/Berlin";

const everything: ExportRequest = {
  screen: "orders",
  format: "jsonl",
  query: "",
  ids: null,
  sort: "created-desc",
  columns: ["created", "status", "total", "note"],
};

async function ask(shopId: ShopId, request: Partial<ExportRequest> = {}): Promise<string> {
  const asked = await requestExport(context.db, context.queue, {
    shopId,
    actor,
    request: { ...everything, ...request },
  });
  if (asked.outcome !== "requested") throw new Error(asked.outcome);
  return asked.exportId;
}

const run = (shopId: ShopId, exportId: string, stopping = never, orders: ExportSource = orderExport) =>
  runExport(context.db, { shopId, exportId }, { orders }, stopping);

async function download(shopId: ShopId, exportId: string): Promise<Buffer> {
  const file = await findExportedFile(context.db, shopId, exportId);
  if (!file) throw new Error("there is no file");
  const answer = sendFile(context.db, { shopId, exportId, file }, async () => {});
  expect(answer.headers.get("Content-Length")).toBe(String(file.bytes));
  return Buffer.from(await answer.arrayBuffer());
}

const lines = (file: Buffer) =>
  file
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { name: string; totalMinor: string });

const names = async (shopId: ShopId, exportId: string) =>
  lines(await download(shopId, exportId)).map(({ name }) => name);

async function listedNames(shopId: ShopId, q: string, sort: "created" | "total", direction: "asc" | "desc") {
  const shop = { id: shopId, timeZone, currency: "EUR" };
  const { query } = parseOrderQuery(q, timeZone);
  const page = await listOrders(context.db, shop, { query, sort, direction, limit: 10_000 });
  return page.orders.map(({ name }) => name);
}

test("a file holds the rows of its list in the list's order", async () => {
  const { shopId } = await createShop(context.db);
  await fillOrders(context.db, shopId, 1_700);
  for (const [query, sort, direction] of [
    ["", "created", "desc"],
    ["status:shipped", "total", "asc"],
    ["total:>=50 -status:pending", "total", "desc"],
  ] as const) {
    const exportId = await ask(shopId, { query, sort: `${sort}-${direction}` });
    await run(shopId, exportId);
    const expected = await listedNames(shopId, query, sort, direction);
    expect(expected.length).toBeGreaterThan(100);
    expect(await names(shopId, exportId)).toEqual(expected);
  }
});

test("a file's columns are those of the list, an amount with its currency beside it, instants on the shop's clock", async () => {
  const { shopId } = await createShop(context.db);
  await fillOrders(context.db, shopId, 1);
  const exportId = await ask(shopId, { format: "csv", columns: ["note", "total", "created", "status"] });
  await run(shopId, exportId);
  expect((await download(shopId, exportId)).toString()).toBe(
    "\uFEFFOrder,Notes,Total,Currency,Date,Status\r\n#1,'=note 1,122.20,EUR,2026-01-01T01:01:00+01:00,Confirmed\r\n",
  );
});

test("a workbook of a real list opens with every row", async () => {
  const { shopId } = await createShop(context.db);
  await fillOrders(context.db, shopId, 1_200);
  const exportId = await ask(shopId, { format: "xlsx" });
  await run(shopId, exportId);
  const [rows] = openWorkbook(await download(shopId, exportId)).sheets;
  expect(rows?.map(([first]) => first?.value)).toEqual([
    "Order",
    ...(await listedNames(shopId, "", "created", "desc")),
  ]);
});

test("ticked orders are exported, whatever the query, and a stranger's are not", async () => {
  const [mine, theirs] = [await createShop(context.db), await createShop(context.db)];
  const [[first, , third], [stranger]] = [
    await fillOrders(context.db, mine.shopId, 5),
    await fillOrders(context.db, theirs.shopId, 1),
  ];
  const ids = [first, third, stranger].filter((id) => id !== undefined);
  const exportId = await ask(mine.shopId, { ids });
  await run(mine.shopId, exportId);
  expect(await names(mine.shopId, exportId)).toEqual(["#3", "#1"]);
});

test("while 1,000 writes go on the file holds what was there at its start", async () => {
  const { shopId } = await createShop(context.db);
  const ids = await fillOrders(context.db, shopId, 4_000);
  const before = await withShop(
    context.db,
    shopId,
    (tx) => tx.sql<{ name: string; totalMinor: string }[]>`
      select name, total_minor::text as "totalMinor" from orders order by created_at desc, id desc`,
  );
  const exportId = await ask(shopId);
  const release = await holdBack(shopId, exportId);
  const running = run(shopId, exportId);
  await release.reached;
  // The snapshot is taken and counted, not a row is fetched yet.
  await changeOrders(context.db, shopId, ids.slice(0, 2_000), 500);
  await Promise.all([
    changeOrders(context.db, shopId, ids.slice(2_000), 500),
    release.go().then(() => running),
  ]);
  const rows = lines(await download(shopId, exportId));
  expect(rows.map(({ name, totalMinor }) => ({ name, totalMinor }))).toEqual(
    before.map((row) => ({ ...row })),
  );
  const [listed] = await listExports(context.db, shopId);
  expect(listed).toMatchObject({ state: "done", total: 4_000, written: 4_000 });
  const [now] = await withShop(
    context.db,
    shopId,
    (tx) =>
      tx.sql<{ changed: boolean }[]>`select count(*) <> 4000 as changed from orders where deleted_at is null`,
  );
  expect(now?.changed).toBe(true);
}, 90_000);

test("the count and the rows are of the transaction's first moment, not of their own", async () => {
  const { shopId, domain } = await createShop(context.db);
  const shop = { id: shopId, domain, name: "Test shop", currency: "EUR", timeZone };
  await fillOrders(context.db, shopId, 20);
  const seen = await withShopSnapshot(context.db, shopId, async (tx) => {
    await fillOrders(context.db, shopId, 5, 100);
    const total = await openList(tx, orderExport, everything, shop);
    await fillOrders(context.db, shopId, 5, 200);
    return { total, rows: (await fetchList(tx)).length };
  });
  expect(seen).toEqual({ total: 20, rows: 20 });
});

test("a worker given up for dead that comes back can add nothing to another's file", async () => {
  const { shopId } = await createShop(context.db);
  const exportId = await ask(shopId);
  const startAnew = () =>
    withShop(context.db, shopId, async ({ sql }) => {
      await sql`update list_exports set state = 'running', bytes = 0, written = 0 where id = ${exportId}`;
      await sql`delete from export_chunks where export_id = ${exportId}`;
      return new ExportFile(context.db, shopId, exportId);
    });
  const lost = await startAnew();
  lost.push(new Uint8Array(300_000).fill(1));
  await lost.store(10);
  const heir = await startAnew();
  lost.push(new Uint8Array(300_000).fill(1));
  await expect(lost.store(20)).rejects.toThrow(ExportTakenOver);
  heir.push(new Uint8Array(400_000).fill(2));
  await heir.finish(30);
  const chunks = await Promise.all([0, 1, 2].map((n) => readExportChunk(context.db, shopId, exportId, n)));
  expect(chunks.map((chunk) => chunk?.length)).toEqual([262_144, 137_856, undefined]);
  expect(chunks[0]?.[0]).toBe(2);
});

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

test("an export that was cut off starts anew and its file is whole, once", async () => {
  const { shopId } = await createShop(context.db);
  await fillOrders(context.db, shopId, 6_000);
  const exportId = await ask(shopId, { columns: ["customer", "created", "status", "total", "note", "tags"] });
  const stop = new AbortController();
  let rowsRead = 0;
  const stopsHalfWay: ExportSource = {
    ...orderExport,
    columnsOf: (columns) =>
      orderExport.columnsOf(columns).map((column, position) => ({
        ...column,
        read: (row: object) => {
          if (position === 0 && ++rowsRead === 4_000) stop.abort();
          return column.read(row);
        },
      })),
  };
  await run(shopId, exportId, stop.signal, stopsHalfWay);
  expect((await listExports(context.db, shopId))[0]).toMatchObject({ state: "running", total: 6_000 });
  expect(await readExportChunk(context.db, shopId, exportId, 0)).not.toBeNull();
  expect(await findExportedFile(context.db, shopId, exportId)).toBeNull();
  await run(shopId, exportId);
  expect(await names(shopId, exportId)).toEqual(await listedNames(shopId, "", "created", "desc"));
});

test("a second worker that gets the same export leaves it to the first", async () => {
  const { shopId } = await createShop(context.db);
  await fillOrders(context.db, shopId, 1_500);
  const exportId = await ask(shopId);
  const release = await holdBack(shopId, exportId);
  const first = run(shopId, exportId);
  await release.reached;
  // It comes back at once, while the first still stands where it is held.
  await run(shopId, exportId);
  await release.go();
  await first;
  expect(await names(shopId, exportId)).toHaveLength(1_500);
  await run(shopId, exportId);
  expect(await names(shopId, exportId)).toHaveLength(1_500);
});

test("an export that nobody works on gets a new job, one that is being written does not", async () => {
  const { shopId } = await createShop(context.db);
  await fillOrders(context.db, shopId, 10);
  const [abandoned, running] = [await ask(shopId), await ask(shopId)];
  await withShop(context.db, shopId, async (tx) => {
    await tx.sql`update list_exports set created_at = now() - interval '1 minute', state = 'running'`;
  });
  const release = await holdBack(shopId, running);
  const finished = run(shopId, running);
  await release.reached;
  await context.db
    .sql`update pgboss.job set state = 'active' where name = 'export-list' and state = 'created'`;
  await wakeForOpenExports(context.db, context.queue);
  await wakeForOpenExports(context.db, context.queue);
  const waiting = await context.db.sql<{ key: string }[]>`
    select singleton_key as key from pgboss.job where name = 'export-list' and state = 'created'
    and singleton_key = any(${[abandoned, running]})`;
  expect(waiting.map(({ key }) => key)).toEqual([abandoned]);
  await release.go();
  await finished;
});

test("an export that cannot be made says why and leaves no bytes", async () => {
  const { shopId } = await createShop(context.db);
  await fillOrders(context.db, shopId, 3);
  const failing = (error: Error): ExportSource => ({
    ...orderExport,
    columnsOf: () => [
      {
        key: "x",
        label: "X",
        read: () => {
          throw error;
        },
      },
    ],
  });
  for (const [error, sentence] of [
    [new ExportRefused("Too large."), "Too large."],
    [Object.assign(new Error("no space"), { code: "53100" }), "no room left"],
    [new Error("secret detail"), "could not be written"],
  ] as const) {
    const exportId = await ask(shopId);
    await run(shopId, exportId, never, failing(error));
    const [listed] = await listExports(context.db, shopId);
    expect(listed).toMatchObject({ id: exportId, state: "failed", error: expect.stringContaining(sentence) });
    expect(await readExportChunk(context.db, shopId, exportId, 0)).toBeNull();
  }
});

test("a database that is away fails nothing: the job is tried again", async () => {
  const { shopId } = await createShop(context.db);
  await fillOrders(context.db, shopId, 3);
  const exportId = await ask(shopId);
  const away: ExportSource = {
    ...orderExport,
    columnsOf: () => {
      throw Object.assign(new Error("gone"), { code: "57P01" });
    },
  };
  await expect(run(shopId, exportId, never, away)).rejects.toThrow("gone");
  expect((await listExports(context.db, shopId))[0]).toMatchObject({ state: "running", error: null });
});

test("a list of nothing is a file with its columns' names", async () => {
  const { shopId } = await createShop(context.db);
  const exportId = await ask(shopId, { format: "csv", columns: ["status"] });
  await run(shopId, exportId);
  expect((await download(shopId, exportId)).toString()).toBe("\uFEFFOrder,Status\r\n");
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
  const token = await signDownload(key, { shopId, exportId });
  const outcomeOf = async (id: string, given: string, by = key) =>
    (await verifyDownload(by, id, given)).outcome;
  expect(await verifyDownload(key, exportId, token)).toEqual({ outcome: "granted", shopId });
  expect(await outcomeOf(randomUUID(), token)).toBe("refused");
  expect(await outcomeOf(exportId, token, Buffer.alloc(32, 8))).toBe("refused");
  const [head, , signature] = token.split(".");
  const forged = Buffer.from(JSON.stringify({ sub: exportId, shop: randomUUID() })).toString("base64url");
  expect(await outcomeOf(exportId, `${head}.${forged}.${signature}`)).toBe("refused");
  for (const garbage of ["", "x", "a.b.c"]) expect(await outcomeOf(exportId, garbage)).toBe("refused");
  const old = await signDownload(key, { shopId, exportId }, new Date(Date.now() - 1_000));
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

test("a shop has so many exports under way and no more", async () => {
  const { shopId } = await createShop(context.db);
  for (let open = 0; open < maxOpen; open += 1) await ask(shopId);
  await expect(ask(shopId)).rejects.toThrow("too_many");
});

/**
 * Holds an export back right after it has counted its snapshot: its next step is to note the count in its row.
 * `reached` resolves when it stands there.
 */
async function holdBack(
  shopId: ShopId,
  exportId: string,
): Promise<{ reached: Promise<void>; go(): Promise<void> }> {
  const letGo = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<number>();
  const holding = withShop(context.db, shopId, async (tx) => {
    await tx.sql`select from list_exports where id = ${exportId} for update`;
    const [row] = await tx.sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    locked.resolve(row?.pid ?? 0);
    await letGo.promise;
  });
  const pid = await locked.promise;
  return {
    reached: somebodyWaitsFor(context.db, pid),
    async go() {
      letGo.resolve();
      await holding;
    },
  };
}

async function somebodyWaitsFor(db: Db, pid: number): Promise<void> {
  for (;;) {
    const [row] = await db.sql<{ waits: boolean }[]>`
      select exists (select from pg_locks where not granted and ${pid} = any(pg_blocking_pids(pg_locks.pid))) as waits`;
    if (row?.waits) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
