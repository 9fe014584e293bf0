import { type Db, withSystem } from "../db.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";

/** A delivery open for longer than this has lost its job. */
const abandonedSeconds = 3;

/**
 * Adds a job when open deliveries are due that no job came for: theirs died with its worker, or the database
 * was away when it ran. The floor under the queue.
 */
export async function wakeForOpenEvents(db: Db, queue: Queue): Promise<void> {
  await withSystem(db, async (tx) => {
    const [row] = await tx.sql<{ due: boolean }[]>`
      select exists (select from webhook_events where status = 'received'
        and greatest(received_at, next_attempt_at) < now() - make_interval(secs => ${abandonedSeconds})) as due`;
    if (row?.due) await enqueue(queue, tx, "process-order", {});
  });
}
