import { EventEmitter } from "node:events";
import { wakeForBulkActions } from "../app/bulk/wake-for-bulk-actions.server.ts";
import { createDb } from "../app/db.server.ts";
import { env } from "../app/env.server.ts";
import { wakeForOpenExports } from "../app/exports/open-exports.server.ts";
import { flushHints } from "../app/live/notify-shop.server.ts";
import { log } from "../app/log.server.ts";
import { readMailSetup } from "../app/mail/mail-setup.ts";
import { openOperationsServer } from "../app/operations/operations-server.server.ts";
import { type JobName, openWorkerQueue } from "../app/queue.server.ts";
import { createShopify } from "../app/shopify.server.ts";
import { startTracing, stopTracing } from "../app/trace.server.ts";
import { wakeForOpenEvents } from "../app/webhooks/open-events.server.ts";
import { collectBulkOrdersJob } from "./collect-bulk-orders.ts";
import type { Job, WorkerContext } from "./define-job.ts";
import { deleteExpiredExportsJob } from "./delete-expired-exports.ts";
import { erasePersonalDataJob } from "./erase-personal-data.ts";
import { exportListJob } from "./export-list.ts";
import { foldOrderFiguresJob } from "./fold-order-figures.ts";
import { markOverdueJob } from "./mark-overdue.ts";
import { processOrder } from "./process-order.ts";
import { rebuildDeskJob } from "./rebuild-desk.ts";
import { reconcileOrdersJob } from "./reconcile-orders.ts";
import { registerJob } from "./register-job.ts";
import { renderDocumentJob } from "./render-document.ts";
import { runBulkActionJob } from "./run-bulk-action.ts";
import { scheduleReconciliationJob } from "./schedule-reconciliation.ts";
import { sendMailJob } from "./send-mail.ts";

/**
 * The worker process: runs every job. Wakes at once when one is committed, polls as the floor, and on SIGTERM
 * finishes what runs. Killed at any point it loses nothing: an unfinished transaction never happened.
 */

const jobs: Job[] = [
  processOrder,
  reconcileOrdersJob,
  erasePersonalDataJob,
  foldOrderFiguresJob,
  rebuildDeskJob,
  scheduleReconciliationJob,
  exportListJob,
  deleteExpiredExportsJob,
  runBulkActionJob,
  collectBulkOrdersJob,
  renderDocumentJob,
  markOverdueJob,
  sendMailJob,
];

/** When the regular jobs run, as cron says it. */
const schedules: Partial<Record<JobName, string>> = {
  "schedule-reconciliation": "*/10 * * * *",
  "fold-order-figures": "* * * * *",
  "delete-expired-exports": "17 * * * *",
  "mark-overdue": "3 * * * *",
};

/** How often to look for deliveries and bulk actions that no job will come for, because it died with its worker. */
const sweepMs = 5_000;

/** Longer than any step of a job, shorter than the patience of an orchestrator. */
const shutdownLimitMs = 25_000;

log.level = env.LOG_LEVEL;
startTracing(env.OTEL_EXPORTER_OTLP_ENDPOINT, "atomic-orders-worker");
const stop = new AbortController();
const concurrency = env.WORKER_CONCURRENCY;
const db = createDb(env.DATABASE_URL, {
  max: 10,
  name: "atomic-orders worker",
  statementTimeoutMs: 30_000,
});
// As few as there are batches at a time: each connection plans its statements anew.
const deliveriesDb = createDb(env.DATABASE_URL, {
  max: concurrency,
  name: "atomic-orders deliveries",
  statementTimeoutMs: 30_000,
  planOnce: true,
});
const arrivals = new EventEmitter();
const queue = await whenReachable("open the queue", () =>
  openWorkerQueue(
    { url: env.DATABASE_URL, listenUrl: env.LISTEN_DATABASE_URL ?? env.DATABASE_URL },
    {
      max: 4,
      report: (error) => log.warn({ error }, "queue error"),
      heard: (name) => arrivals.emit(name),
    },
  ),
);
const context: WorkerContext = {
  db,
  deliveriesDb,
  queue,
  shopify: createShopify(env),
  encryptionKey: Buffer.from(env.ENCRYPTION_KEY, "hex"),
  mail: readMailSetup(env),
  concurrency,
  arrivals,
  stopping: stop.signal,
};

for (const job of jobs) await registerJob(queue, job, context, stop.signal);
for (const [name, cron] of Object.entries(schedules))
  await whenReachable("plan the regular jobs", () => queue.boss.schedule(name, cron, {}));
const operations = env.OPERATIONS_PORT
  ? openOperationsServer(db, {
      port: env.OPERATIONS_PORT,
      host: env.OPERATIONS_HOST,
      token: env.METRICS_TOKEN ?? null,
      readiness: () => ({
        maxLagSeconds: env.READY_MAX_LAG_SECONDS,
        isListening: queue.isListening(),
        isStopping: stop.signal.aborted,
      }),
    })
  : null;
const sweep = setInterval(() => void sweepOpenEvents(), sweepMs);
await sweepOpenEvents();
log.info({ concurrency }, "the worker is ready");

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void shutDown());

async function sweepOpenEvents(): Promise<void> {
  await wakeForOpenEvents(db, queue).catch((error) => log.warn({ error }, "cannot look for open deliveries"));
  await wakeForOpenExports(db, queue).catch((error) => log.warn({ error }, "cannot look for open exports"));
  await wakeForBulkActions(db, queue).catch((error) => log.warn({ error }, "cannot look for open actions"));
}

/** The database may come up after us, and go away between any two steps; waiting is better than a restart loop. */
async function whenReachable<T>(what: string, step: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      log.warn({ error }, `cannot ${what}; trying again in 2 s`);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  }
}

async function shutDown(): Promise<void> {
  log.info("stopping: finishing what runs");
  // A database that is silent must not keep the process: what is unfinished then never happened.
  setTimeout(() => process.exit(1), shutdownLimitMs).unref();
  stop.abort();
  operations?.closeAllConnections();
  operations?.close();
  clearInterval(sweep);
  await queue.stop();
  await Promise.all([flushHints(db), flushHints(deliveriesDb)]);
  await Promise.all([db.close(), deliveriesDb.close(), stopTracing()]);
  process.exit(0);
}
