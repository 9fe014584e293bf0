import { type Db, withSystem } from "../db.server.ts";
import { queueAge, queueDepth, registry } from "../metrics.server.ts";
import { oldestDueDelivery } from "./readiness.server.ts";

/**
 * Everything this process counts and what waits in the queue, as Prometheus text.
 *
 * The queue is asked when somebody scrapes, in one statement over partial indexes. When the database is away the
 * rest is still told: that is when an operator needs it most.
 */
export async function collectMetrics(db: Db): Promise<{ contentType: string; text: string }> {
  queueDepth.reset();
  await readQueue(db).catch(() => queueAge.set(Number.NaN));
  return { contentType: registry.contentType, text: await registry.metrics() };
}

async function readQueue(db: Db): Promise<void> {
  const { depths, age } = await withSystem(db, async (tx) => {
    const depths = await tx.sql<{ queue: string; state: string; count: string }[]>`
      select 'inbox' as queue, 'open' as state, count(*) as count
        from (select from webhook_events where status = 'received' limit 100000) open
      union all
      select 'inbox-failed', 'failed', count(*) from (select from webhook_events where status = 'failed' limit 100000) failed
      union all
      select name, state::text, count(*) from pgboss.job where state < 'completed' group by 1, 2`;
    const [row] = await tx.sql<{ age: string | null }[]>`select (${oldestDueDelivery(tx.sql)}) as age`;
    return { depths: [...depths], age: Number(row?.age ?? 0) };
  });
  for (const { queue, state, count } of depths) queueDepth.set({ queue, state }, Number(count));
  queueAge.set(age);
}
