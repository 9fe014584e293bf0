import { PgBoss, type SendOptions } from "pg-boss";
import { z } from "zod";
import { type QueueName, queueSchema } from "../drizzle/queues.ts";
import type { Db, Tx } from "./db.server.ts";
import { openQueueDatabase } from "./queue-database.server.ts";

/**
 * Every job of the project and its payload. Queue, file and log use the same name; drizzle/queues.ts holds the
 * options of the queues.
 *
 * `process-order` means "the inbox has open rows", not "this order": one committed group of deliveries is one
 * job, and whoever runs it claims whatever is open. Attempts and dead letters of a payload live with its inbox
 * row, because a job may carry a hundred payloads of which one is bad (docs/decisions/0002).
 */
export const jobs = {
  "process-order": z.object({}).passthrough(),
  "reconcile-orders": z.object({ shopId: z.string().uuid() }),
  "erase-personal-data": z.object({ shopId: z.string().uuid(), requestId: z.string().uuid() }),
  "rebuild-desk": z.object({ shopId: z.string().uuid() }),
  "fold-order-figures": z.object({}).passthrough(),
  "run-bulk-action": z.object({ shopId: z.string().uuid(), bulkActionId: z.string().uuid() }),
  "collect-bulk-orders": z.object({ shopId: z.string().uuid(), bulkActionId: z.string().uuid() }),
  "schedule-reconciliation": z.object({}).passthrough(),
  "export-list": z.object({ shopId: z.string().uuid(), exportId: z.string().uuid() }),
  "delete-expired-exports": z.object({}).passthrough(),
  "render-document": z.object({ shopId: z.string().uuid(), documentIds: z.array(z.string().uuid()) }),
  "mark-overdue": z.object({}).passthrough(),
  "send-mail": z.object({ shopId: z.string().uuid(), mailId: z.string().uuid() }),
} as const satisfies Record<QueueName, z.ZodTypeAny>;

export { deadLetterQueue } from "../drizzle/queues.ts";

export type JobName = keyof typeof jobs;
export type JobPayload<Name extends JobName> = z.infer<(typeof jobs)[Name]>;

/** Adds jobs; it runs none. Web processes hold one. */
export interface Queue {
  boss: PgBoss;
  stop(): Promise<void>;
}

/**
 * Opens the queue for adding jobs over the given pool.
 * @param report hears of background errors; the queue goes on by itself
 */
export async function openQueue(db: Db, report: (error: unknown) => void): Promise<Queue> {
  const boss = new PgBoss({
    db: {
      executeSql: async (text, values) => ({ rows: await db.sql.unsafe(text, (values ?? []) as never[]) }),
    },
    schema: queueSchema,
    migrate: false,
    supervise: false,
    schedule: false,
  });
  boss.on("error", report);
  await boss.start();
  return { boss, stop: () => boss.stop({ graceful: false }) };
}

/**
 * Opens the queue for running jobs: its own small pool as the restricted role, LISTEN/NOTIFY for waking,
 * supervision so that a job lost with its worker is retried.
 * @param url of the database or of a pooler in front of it, `listenUrl` of the database itself
 * @param heard is told each name of a queue that a job was committed to
 */
export async function openWorkerQueue(
  { url, listenUrl }: { url: string; listenUrl: string },
  {
    max,
    report,
    heard,
  }: { max: number; report: (error: unknown) => void; heard?: (queueName: string) => void },
): Promise<Queue & { isListening(): boolean }> {
  const db = openQueueDatabase(url, listenUrl, { max, heard });
  const boss = new PgBoss({
    db,
    schema: queueSchema,
    migrate: false,
    useListenNotify: true,
    supervise: true,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    reindex: false,
  });
  boss.on("error", report);
  try {
    await boss.start();
  } catch (error) {
    // By then parts of it run and listen already.
    await boss.stop({ graceful: false }).catch(() => {});
    await db.close();
    throw error;
  }
  return {
    boss,
    isListening: db.isListening,
    stop: async () => {
      await boss.stop({ graceful: true, timeout: 20_000 });
      await db.close();
    },
  };
}

/**
 * Adds a job inside a transaction: a rollback leaves none, a commit leaves exactly one.
 * @throws ZodError when `data` is not the job's payload
 */
export async function enqueue<Name extends JobName>(
  queue: Queue,
  tx: Tx,
  name: Name,
  data: JobPayload<Name>,
  options: Pick<SendOptions, "startAfter" | "singletonKey"> = {},
): Promise<void> {
  const executeSql = async (text: string, values?: unknown[]) => ({
    rows: await tx.sql.unsafe(text, (values ?? []) as never[], { prepare: true }),
  });
  await queue.boss.insert(name, [{ ...options, data: jobs[name].parse(data) }], {
    db: { executeSql },
  });
}
