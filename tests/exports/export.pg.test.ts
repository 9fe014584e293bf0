import { expect, test } from "vitest";
import { withShop, withShopSnapshot } from "../../app/db.server.ts";
import { ExportFile, ExportTakenOver } from "../../app/exports/export-file.server.ts";
import { ExportRefused } from "../../app/exports/export-refused.ts";
import { type ExportSource, fetchList, openList } from "../../app/exports/export-source.server.ts";
import { findExportedFile, listExports, readExportChunk } from "../../app/exports/exports.server.ts";
import { maxOpen } from "../../app/exports/list-export.ts";
import { wakeForOpenExports } from "../../app/exports/open-exports.server.ts";
import { orderExport } from "../../app/orders/export-orders.server.ts";
import { listOrders } from "../../app/orders/list-orders.server.ts";
import { parseOrderQuery } from "../../app/orders/parse-order-query.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { everything, exportSteps, lines, never } from "./export-steps.ts";
import { changeOrders, fillOrders } from "./fill-orders.ts";
import { openWorkbook } from "./open-sheet.ts";

const context = openAppContext();
const { ask, run, download, names, holdBack } = exportSteps(context);
const timeZone = "Europe/Berlin";

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

test("a shop has so many exports under way and no more", async () => {
  const { shopId } = await createShop(context.db);
  for (let open = 0; open < maxOpen; open += 1) await ask(shopId);
  await expect(ask(shopId)).rejects.toThrow("too_many");
});
