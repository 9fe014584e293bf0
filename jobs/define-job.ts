import type { EventEmitter } from "node:events";
import type { Db } from "../app/db.server.ts";
import type { MailSetup } from "../app/mail/mail-setup.ts";
import { type JobName, type JobPayload, jobs, type Queue } from "../app/queue.server.ts";
import type { Shopify } from "../app/shopify.server.ts";

/** What a worker process gives its jobs. */
export interface WorkerContext {
  db: Db;
  /** For applying deliveries, whose statements are many and always the same. */
  deliveriesDb: Db;
  queue: Queue;
  shopify: Shopify;
  encryptionKey: Buffer;
  /** Null where e-mail is not set up. */
  mail: MailSetup | null;
  /** Batches of deliveries that this process applies at a time (`WORKER_CONCURRENCY`). */
  concurrency: number;
  /** Emits the name of a queue whenever a job was committed to it. */
  arrivals: EventEmitter;
  /** Aborts on SIGTERM and when the job has run for too long: finish the step under way and return. */
  stopping: AbortSignal;
}

export interface Job {
  name: JobName;
  /** Jobs of this name that one worker runs at a time. */
  atOnce: number;
  /** Waiting jobs that one run answers, where one means as much as many. */
  together: number;
  /** Runs one job. Safe to run twice. Throwing means another attempt. */
  run(context: WorkerContext, data: unknown): Promise<void>;
}

/** Defines a job: its payload is parsed before `run` sees it. */
export function defineJob<Name extends JobName>(
  name: Name,
  run: (context: WorkerContext, data: JobPayload<Name>) => Promise<void>,
  { atOnce = 1, together = 1 }: Partial<Pick<Job, "atOnce" | "together">> = {},
): Job {
  return {
    name,
    atOnce,
    together,
    run: (context, data) => run(context, jobs[name].parse(data) as JobPayload<Name>),
  };
}
