import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { createDb, type Db, withShop, withSystem } from "../../app/db.server.ts";
import { exportFormatNames, type ListFormat } from "../../app/exports/export-format.ts";
import { orderColumns } from "../../app/orders/order-columns.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { workerFlags } from "../demo/supervise.ts";
import type { ChildReport } from "./export-child.ts";

/**
 * Exports half a million orders in each format and writes what it took to docs/benchmarks/export.md:
 * `npm run bench:export`, with DATABASE_URL naming a database that `npm run seed -- --orders 1000000` has filled.
 * It changes nothing there but exports, which it takes away again.
 */
const wanted = 500_000;

/** What the process that writes the file may take. */
const allowedMb = 300;

const url = process.env.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL must name a database with a seeded shop.");
const db = createDb(url, { max: 4, name: "bench", statementTimeoutMs: 120_000 });
try {
  const { shopId, query, orders } = await findLargeList(db);
  const rows: string[] = [];
  for (const format of exportFormatNames) {
    const report = await measure(shopId, format, query);
    rows.push(describe(format, report));
    process.stdout.write(`${rows.at(-1)}\n`);
    if (report.peakMb > allowedMb) process.exitCode = 1;
  }
  writeReport(orders, rows);
} finally {
  await db.close();
}

/** The newest half million orders of the largest shop, as a query by date. */
async function findLargeList(db: Db): Promise<{ shopId: ShopId; query: string; orders: number }> {
  const shops = await withSystem(db, (tx) => tx.sql<{ id: ShopId }[]>`select id from shops`);
  const counted = await Promise.all(
    shops.map(({ id }) =>
      withShop(db, id, async ({ sql }) => {
        const [row] = await sql<{ orders: string; day: string | null }[]>`
          select (select count(*) from desk_orders) as orders,
            (select to_char(created_at, 'YYYY-MM-DD') from desk_orders
             order by created_at desc, order_id desc offset ${wanted} limit 1) as day`;
        return { shopId: id, orders: Number(row?.orders), query: row?.day ? `created:${row.day}..` : "" };
      }),
    ),
  );
  const [largest] = counted.sort((a, b) => b.orders - a.orders);
  if (!largest) throw new Error("the database has no shop");
  return largest;
}

/** One export in a process of its own, so that its memory is that of one export. */
async function measure(shopId: ShopId, format: ListFormat, query: string): Promise<ChildReport> {
  const exportId = randomUUID();
  await withShop(db, shopId, async ({ sql }) => {
    await sql`
      insert into list_exports (shop_id, id, screen, format, query, sort, columns, state, actor_name, expires_at)
      values (${shopId}, ${exportId}, 'orders', ${format}, ${query}, 'created-desc', ${Object.keys(orderColumns)},
              'queued', 'benchmark', now() + interval '1 hour')`;
  });
  try {
    return await runChild(shopId, exportId);
  } finally {
    await withShop(db, shopId, async ({ sql }) => {
      await sql`delete from export_chunks where export_id = ${exportId}`;
      await sql`update list_exports set state = 'failed', expires_at = now() where id = ${exportId}`;
    });
  }
}

function runChild(shopId: ShopId, exportId: string): Promise<ChildReport> {
  const child = new URL("./export-child.ts", import.meta.url).pathname;
  const running = spawn(process.execPath, [...workerFlags, child, shopId, exportId], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  return new Promise((resolve, reject) => {
    running.once("message", (report) => resolve(report as ChildReport));
    running.once("exit", (code) => reject(new Error(`the export ended with code ${code} and said nothing`)));
  });
}

function describe(format: ListFormat, { rows, seconds, bytes, startMb, peakMb }: ChildReport): string {
  const cells = [
    format,
    rows.toLocaleString("en"),
    seconds.toFixed(1),
    Math.round(rows / seconds).toLocaleString("en"),
    (bytes / 1e6).toFixed(1),
    Math.round(startMb),
    Math.round(peakMb),
  ];
  return `| ${cells.join(" | ")} |`;
}

function writeReport(orders: number, rows: string[]): void {
  mkdirSync("docs/benchmarks", { recursive: true });
  writeFileSync(
    "docs/benchmarks/export.md",
    `# Exports

Written by \`npm run bench:export\`: ${orders.toLocaleString("en")} orders in the shop, all ${Object.keys(orderColumns).length} columns, ${cpus().length} cores with a load of
${loadavg()[0]?.toFixed(0)} beside it, the database on the same machine. Memory is the resident size of the process that writes the file,
started with \`${workerFlags.join(" ")}\`, once its code is loaded and at its highest (goal: under ${allowedMb} MB).

| format | rows | seconds | rows a second | MB of file | MB resident before | at the peak |
|---|---|---|---|---|---|---|
${rows.join("\n")}
`,
  );
}
