import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Db, withSystem } from "../../app/db.server.ts";
import { enqueue, openWorkerQueue, type Queue } from "../../app/queue.server.ts";
import { defineJob } from "../../jobs/define-job.ts";
import { registerJob } from "../../jobs/register-job.ts";
import { createTestDatabase } from "../support/test-database.ts";

let db: Db;
let queue: Queue;
let drop: () => Promise<void>;
const faults: unknown[] = [];

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  db = createDb(database.url, { max: 2, name: "test" });
  const { url } = database;
  queue = await openWorkerQueue({ url, listenUrl: url }, { max: 4, report: (error) => faults.push(error) });
});
afterAll(async () => {
  await queue?.stop();
  await db?.close();
  await drop?.();
});

const context = {} as Parameters<typeof registerJob>[2];
const going = new AbortController().signal;

function enqueueMany(name: "mark-overdue" | "process-order", count: number): Promise<void> {
  return withSystem(db, async (tx) => {
    for (let n = 0; n < count; n += 1) await enqueue(queue, tx, name, {});
  });
}

test("jobs of one transaction, announced once, run one after the other without waiting for a poll", async () => {
  let runs = 0;
  let atOnce = 0;
  const both = Promise.withResolvers<void>();
  const job = defineJob(
    "mark-overdue",
    async () => {
      atOnce += 1;
      if (atOnce === 2) both.resolve();
      await both.promise;
      atOnce -= 1;
      runs += 1;
    },
    { atOnce: 2 },
  );
  await registerJob(queue, job, context, going);
  await enqueueMany("mark-overdue", 12);
  // A poll comes every two seconds: waiting for one each, two at a time would need ten.
  await expect.poll(() => runs, { timeout: 6_000 }).toBe(12);
  expect(faults).toEqual([]);
});

test("a hundred jobs that say the same are one run", async () => {
  await enqueueMany("process-order", 100);
  let runs = 0;
  const job = defineJob(
    "process-order",
    async () => {
      runs += 1;
    },
    { together: 100 },
  );
  await registerJob(queue, job, context, going);
  await expect
    .poll(() => db.sql`select 1 from pgboss.job where name = 'process-order' and state <> 'completed'`)
    .toEqual([]);
  expect(runs).toBe(1);
  expect(faults).toEqual([]);
});
