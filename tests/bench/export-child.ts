import { readFileSync } from "node:fs";
import { customerExport } from "../../app/customers/export-customers.server.ts";
import { createDb, withShop } from "../../app/db.server.ts";
import { runExport } from "../../app/exports/run-export.server.ts";
import { documentExport } from "../../app/invoices/export-documents.server.ts";
import { orderExport } from "../../app/orders/export-orders.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";

/** Runs one export as the worker does, and tells what it took. Arguments: shop and export. */
export interface ChildReport {
  rows: number;
  seconds: number;
  bytes: number;
  /** The resident size once the code is loaded. */
  startMb: number;
  /** The highest resident size of this process, loading its code included. */
  peakMb: number;
}

const [shopId = "", exportId = ""] = process.argv.slice(2);
const db = createDb(process.env.DATABASE_URL ?? "", {
  max: 10,
  name: "bench export",
  statementTimeoutMs: 30_000,
});
const startMb = process.memoryUsage.rss() / 2 ** 20;
const startedAt = performance.now();
const order = { shopId: shopId as ShopId, exportId };
await runExport(
  db,
  order,
  { orders: orderExport, customers: customerExport, invoices: documentExport },
  new AbortController().signal,
);
const seconds = (performance.now() - startedAt) / 1_000;
const [row] = await withShop(
  db,
  order.shopId,
  (tx) => tx.sql<{ written: number; bytes: string; state: string }[]>`
    select written, bytes, state from list_exports where id = ${exportId}`,
);
if (row?.state !== "done") throw new Error(`the export is ${row?.state}`);
// The kernel's own high-water mark; asking now and then would miss the peaks.
const peakKb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
const report: ChildReport = {
  rows: row.written,
  bytes: Number(row.bytes),
  seconds,
  startMb,
  peakMb: peakKb / 1_024,
};
process.send?.(report);
await db.close();
process.disconnect?.();
