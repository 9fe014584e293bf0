import { expect } from "vitest";
import { customerExport } from "../../app/customers/export-customers.server.ts";
import { type Db, withShop } from "../../app/db.server.ts";
import type { ExportSource } from "../../app/exports/export-source.server.ts";
import { findExportedFile } from "../../app/exports/exports.server.ts";
import type { ExportRequest } from "../../app/exports/list-export.ts";
import { requestExport } from "../../app/exports/request-export.server.ts";
import { runExport } from "../../app/exports/run-export.server.ts";
import { sendFile } from "../../app/exports/send-file.server.ts";
import { accountingFile } from "../../app/invoices/accounting-source.server.ts";
import { documentFiles } from "../../app/invoices/document-files-source.server.ts";
import { documentExport } from "../../app/invoices/export-documents.server.ts";
import { orderExport } from "../../app/orders/export-orders.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import type { AppContext } from "../support/app-context.ts";

const actor = { kind: "merchant", id: "1", name: "Anna Berg" } as const;

/** Never stops a job. */
export const never = new AbortController().signal;

export const everything: ExportRequest = {
  screen: "orders",
  format: "jsonl",
  query: "",
  ids: null,
  sort: "created-desc",
  columns: ["created", "status", "total", "note"],
};

/** The steps of an export as a test takes them: ask for it, run its job, download its file. */
export function exportSteps(context: AppContext) {
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
    runExport(
      context.db,
      { shopId, exportId },
      {
        orders,
        customers: customerExport,
        invoices: documentExport,
        documents: documentFiles,
        accounting: accountingFile,
      },
      stopping,
    );

  async function download(shopId: ShopId, exportId: string): Promise<Buffer> {
    const file = await findExportedFile(context.db, shopId, exportId);
    if (!file) throw new Error("there is no file");
    const answer = sendFile(context.db, { shopId, exportId, file }, async () => {});
    expect(answer.headers.get("Content-Length")).toBe(String(file.bytes));
    return Buffer.from(await answer.arrayBuffer());
  }

  const names = async (shopId: ShopId, exportId: string) =>
    lines(await download(shopId, exportId)).map(({ name }) => name);

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

  return { ask, run, download, names, holdBack };
}

export const lines = (file: Buffer) =>
  file
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { name: string; totalMinor: string });

async function somebodyWaitsFor(db: Db, pid: number): Promise<void> {
  for (;;) {
    const [row] = await db.sql<{ waits: boolean }[]>`
      select exists (select from pg_locks where not granted and ${pid} = any(pg_blocking_pids(pg_locks.pid))) as waits`;
    if (row?.waits) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
