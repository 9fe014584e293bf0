import { PgBoss, type QueueOptions, type QueuePolicy } from "pg-boss";

/** The PostgreSQL schema that pg-boss keeps its tables in. */
export const queueSchema = "pgboss";

/**
 * The queues, one for each job. `stately` keeps one waiting and one running job per key (the shop, the export), `short`
 * one waiting job per key whatever runs. `notify` wakes a worker the moment a job is committed; polling is the floor.
 * The rest is the same for all: three attempts with exponential back-off and jitter, then the dead-letter queue.
 */
export const queues = {
  "process-order": { expireInSeconds: 60, notify: true },
  "reconcile-orders": { policy: "stately", expireInSeconds: 600, notify: true },
  "erase-personal-data": { expireInSeconds: 600, notify: false },
  "rebuild-desk": { policy: "stately", expireInSeconds: 1_800, notify: true },
  "fold-order-figures": { expireInSeconds: 300, notify: false },
  "run-bulk-action": { policy: "short", expireInSeconds: 60, notify: true },
  "collect-bulk-orders": { policy: "stately", expireInSeconds: 3_600, notify: true },
  "schedule-reconciliation": { expireInSeconds: 60, notify: false },
  "export-list": { policy: "stately", expireInSeconds: 3_600, notify: true },
  "delete-expired-exports": { expireInSeconds: 600, notify: false },
  "render-document": { expireInSeconds: 300, notify: true },
  "mark-overdue": { expireInSeconds: 600, notify: false },
  // Its own tries are planned with the mail; pg-boss's are for workers that were killed and databases that were away.
  "send-mail": { expireInSeconds: 120, notify: true, retryLimit: 10 },
} as const;

export type QueueName = keyof typeof queues;

/** Jobs that failed every attempt wait here to be looked at and redriven. */
export const deadLetterQueue = (name: QueueName) => `${name}-dead`;

const sharedOptions: QueueOptions = {
  retryLimit: 2, // two retries: three attempts in all
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 60,
  heartbeatSeconds: 10,
  deleteAfterSeconds: 3_600,
};

/**
 * Creates or upgrades the queue's tables and queues.
 * @param ownerUrl address of the role that owns the database
 */
export async function installQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: queueSchema,
    supervise: false,
    schedule: false,
    max: 2,
  });
  const errors: unknown[] = [];
  boss.on("error", (error) => errors.push(error));
  await boss.start();
  try {
    for (const name of Object.keys(queues) as QueueName[]) {
      await boss.createQueue(deadLetterQueue(name), { retryLimit: 0 });
      const { policy, ...queue }: QueueOptions & { policy?: QueuePolicy } = queues[name];
      const options = { ...sharedOptions, ...queue, deadLetter: deadLetterQueue(name) };
      await boss.createQueue(name, { ...options, policy });
      await boss.updateQueue(name, options);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  if (errors.length > 0) throw errors[0];
}
