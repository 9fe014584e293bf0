import { createDb } from "../app/db.server.ts";
import { env } from "../app/env.server.ts";
import { log } from "../app/log.server.ts";
import { deadLetterQueue, type JobName, jobs, openQueue } from "../app/queue.server.ts";

/**
 * `npm run jobs:redrive`: counts the jobs that failed every attempt. With the name of a job after `--` it runs those of
 * that name again, up to a thousand a call; every job is safe to run twice.
 */

const names = Object.keys(jobs) as JobName[];
const wanted = process.argv[2];
const name = names.find((known) => known === wanted);
const db = createDb(env.DATABASE_URL, { max: 1, name: "atomic-orders redrive" });
try {
  if (wanted && !name) {
    process.stderr.write(`There is no job ${wanted}. The jobs are: ${names.join(", ")}.\n`);
    process.exitCode = 1;
  } else if (name) {
    const queue = await openQueue(db, (error) => log.warn({ error }, "queue error"));
    const count = await queue.boss.redrive(deadLetterQueue(name));
    await queue.stop();
    process.stdout.write(`${count} ${name} will run again.\n`);
  } else {
    for (const known of names) {
      const [row] = await db.sql`
        select count(*)::int as dead from pgboss.job where name = ${deadLetterQueue(known)} and state < 'completed'`;
      if (row?.dead > 0) process.stdout.write(`${row?.dead} ${known}\n`);
    }
  }
} finally {
  await db.close();
}
