/**
 * A process full of writes in flight, for postgres-driver.pg.test.ts to close connections under.
 *
 * It is a process of its own because the failure it looks for is the death of the process. Every failed
 * write is expected and swallowed; at the end the pool must still answer, and the counts are printed.
 */
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";

export type VictimReport = { writes: number; failures: number; answers: number; hangs: number };

const [, , url = "", durationMs = "5000"] = process.argv;
const sql = postgres(url, { max: 12, connect_timeout: 5, backoff: () => 0.01, onnotice: () => {} });
const report: VictimReport = { writes: 0, failures: 0, answers: 0, hangs: 0 };
const deadline = Date.now() + Number(durationMs);
const patienceMs = 15_000;

const insertOne = () => sql`insert into victim (note) values (${"one"})`;
const insertInTransaction = () =>
  sql.begin(async (tx) => {
    await tx`insert into victim (note) values (${"first"})`;
    await sleep(Math.random() * 3);
    await Promise.all([tx`insert into victim (note) values (${"second"})`, tx`select pg_sleep(0.002)`]);
  });
async function keepWriting(write: () => Promise<unknown>): Promise<void> {
  while (Date.now() < deadline) {
    const outcome = await Promise.race([
      write().then(
        () => "written" as const,
        () => "failed" as const,
      ),
      sleep(patienceMs, "hung" as const, { ref: false }),
    ]);
    if (outcome === "written") report.writes++;
    else if (outcome === "failed") report.failures++;
    else report.hangs++;
  }
}

await Promise.all(
  [insertOne, insertInTransaction].flatMap((write) => Array.from({ length: 8 }, () => keepWriting(write))),
);
for (let i = 0; i < 50; i++) {
  const answer = await Promise.race([
    sql`select 1 as one`.catch(() => null),
    sleep(patienceMs, null, { ref: false }),
  ]);
  if (answer?.[0]?.one === 1) report.answers++;
}
process.stdout.write(JSON.stringify(report));
process.exit(0);
