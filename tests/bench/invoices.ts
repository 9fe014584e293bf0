import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { findBulkAction } from "../../app/bulk/bulk-actions.server.ts";
import { draftBulkAction } from "../../app/bulk/draft-bulk-action.server.ts";
import { startBulkAction } from "../../app/bulk/start-bulk-action.server.ts";
import { bulkKinds } from "../../app/bulk-kinds.server.ts";
import { createDb, withShop } from "../../app/db.server.ts";
import type { IssuedDocument, TemplateName } from "../../app/documents/document.ts";
import { renderDocument } from "../../app/documents/render-document.ts";
import { requestExport } from "../../app/exports/request-export.server.ts";
import { readIssuedDocuments } from "../../app/invoices/documents.server.ts";
import { issueInvoices } from "../../app/invoices/issue-invoices.server.ts";
import { openQueue } from "../../app/queue.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { openInbox } from "../../app/webhooks/receive-webhook.server.ts";
import { migrate } from "../../drizzle/migrate.ts";
import type { SupervisedProcess } from "../demo/supervise.ts";
import { type AppProcesses, startApp } from "../support/app-processes.ts";
import { anna, testShop } from "../support/bulk-actions.ts";
import { shopWithOrdersToBill } from "../support/copy-orders.ts";
import { startEmbeddedPostgres } from "../support/embedded-postgres.ts";
import { ensureBuilt } from "../support/ensure-built.ts";
import { saveSettings } from "../support/invoices.ts";
import { makeScratch } from "../support/postgres-account.ts";
import { describeRun, type InvoiceRun, writeInvoiceReport } from "./invoices-report.ts";
import { measure } from "./measure.ts";

/**
 * Issues invoices for a thousand orders by the bulk job, lets the workers render them, and writes them into a ZIP,
 * once for each template: `npm run bench:invoices`. The database is a throw-away one. The table goes to
 * docs/benchmarks/invoices.md.
 */
const orderCount = Number(process.env.BENCH_ORDERS ?? 1_000);
const workerCount = 2;
const renders = 200;
const sampleMs = 250;

/** A worker whose code is loaded is larger than this. */
const loadedMb = 120;

/** Two jobs of rendering for each worker. */
const warmUpOrders = 100;

type Context = Parameters<typeof shopWithOrdersToBill>[0];

const say = (line: string) => process.stdout.write(`${line}\n`);

ensureBuilt();
const cluster = await startEmbeddedPostgres({ folder: makeScratch("atomic-orders-bench-"), keep: false });
try {
  await migrate(cluster.url);
  const db = createDb(cluster.url, { max: 6, name: "bench", statementTimeoutMs: 120_000 });
  const queue = await openQueue(db, (error) => {
    throw error;
  });
  const context = { url: cluster.url, db, queue, receive: openInbox(db, queue) };
  const app = await startApp(cluster.url);
  try {
    const runs: InvoiceRun[] = [];
    const loadBefore = loadavg()[0] ?? 0;
    for (const template of ["classic", "modern"] as const)
      runs.push(await runTemplate(context, app, template));
    mkdirSync("docs/benchmarks", { recursive: true });
    const machine = { cores: cpus().length, model: cpus()[0]?.model ?? "", gigabytes: totalmem() / 2 ** 30 };
    const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
    writeFileSync(
      "docs/benchmarks/invoices.md",
      writeInvoiceReport(runs, { machine, commit, loadBefore, orderCount, workerCount, renders }),
    );
  } finally {
    await app.stop();
    await queue.stop();
    await db.close();
  }
} finally {
  await cluster.stop();
}

async function runTemplate(context: Context, app: AppProcesses, name: TemplateName): Promise<InvoiceRun> {
  const { db, queue } = context;
  const { shopId, orderIds } = await shopWithOrdersToBill(context, orderCount);
  await saveSettings(context, shopId, { template: { name, color: "#1f4e79" } });
  const drafted = await draftBulkAction({ db, queue }, testShop(shopId), {
    selection: { kind: "ids", ids: orderIds },
    change: { kind: "issue_invoices", input: {} },
    actor: anna,
  });
  if (drafted.outcome !== "drafted") throw new Error(drafted.outcome);
  const { id } = drafted;
  const workers = await Promise.all(Array.from({ length: workerCount }, () => app.startWorker()));
  await untilReady(context, workers);
  const memory = watchMemory(workers);

  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1_000;
  await startBulkAction({ db, queue }, { shopId, id, actor: anna });
  await until(async () => (await findBulkAction(db, bulkKinds, shopId, id))?.state === "done");
  const issued = seconds();
  await until(async () => (await countFiles(context, shopId)) === orderCount);
  const rendered = seconds();
  const request = {
    screen: "documents" as const,
    format: "zip" as const,
    query: "",
    ids: null,
    sort: "",
    columns: [],
  };
  const asked = await requestExport(db, queue, { shopId, actor: anna, request });
  if (asked.outcome !== "requested") throw new Error(asked.outcome);
  let bytes = 0;
  await until(async () => {
    const [file] = await withShop(
      db,
      shopId,
      (tx) => tx.sql<{ state: string; bytes: string; error: string | null }[]>`
        select state, bytes, error from list_exports where id = ${asked.exportId}`,
    );
    if (file?.state === "failed") throw new Error(file.error ?? "the ZIP failed");
    bytes = Number(file?.bytes);
    return file?.state === "done";
  });
  const zipped = seconds();
  const resident = memory.stop();
  for (const worker of workers) await worker.stop();
  const one = await measureRender(context, shopId);
  const run = { template: name, issued, rendered, zipped, bytes, resident, ...one };
  say(describeRun(run));
  return run;
}

/** One render after the other in this process, with the workers stopped. */
async function measureRender({ db }: Context, shopId: ShopId): Promise<{ p50: number; p95: number }> {
  const documents = await withShop(db, shopId, async (tx) => {
    const rows = await tx.sql<{ id: string }[]>`select id from documents order by sequence limit ${renders}`;
    return readIssuedDocuments(
      tx,
      shopId,
      rows.map((row) => row.id),
    );
  });
  let next = 0;
  return measure(renders, () =>
    renderDocument(documents[next++ % documents.length] as IssuedDocument, { logo: null }),
  );
}

async function countFiles({ db }: Pick<Context, "db">, shopId: ShopId) {
  const [row] = await withShop(
    db,
    shopId,
    (tx) => tx.sql<{ files: number }[]>`select count(*)::int as files from document_files`,
  );
  return row?.files ?? 0;
}

/** Until each worker runs jobs and has loaded what a first document needs: a few invoices of another shop go before. */
async function untilReady(context: Context, workers: SupervisedProcess[]): Promise<void> {
  const { db, queue } = context;
  await until(async () => workers.every(({ pid }) => residentMb(pid) > loadedMb));
  const { shopId, orderIds } = await shopWithOrdersToBill(context, warmUpOrders);
  const issue = { shopId, orderIds, trigger: "bulk" as const, actor: anna };
  await withShop(db, shopId, (tx) => issueInvoices(tx, queue, issue));
  await until(async () => (await countFiles(context, shopId)) === warmUpOrders);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50);
}

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024;
}

/** Reads the resident size of each worker again and again. `stop` gives the largest worker's, in MB, at each moment. */
function watchMemory(workers: SupervisedProcess[]): { stop(): number[] } {
  const samples: number[] = [];
  const read = () => {
    samples.push(Math.max(...workers.map(({ pid }) => residentMb(pid))));
  };
  read();
  const timer = setInterval(read, sampleMs);
  return {
    stop() {
      clearInterval(timer);
      return samples;
    },
  };
}
