import { type Db, withShop } from "../db.server.ts";
import { enqueue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { BulkActionId } from "./bulk-action.ts";
import type { BulkKinds, KindServices } from "./bulk-kind.ts";
import type { BulkServices } from "./bulk-services.ts";
import type { BulkState } from "./bulk-state.ts";
import { copyItems } from "./copy-items.server.ts";
import { countPreview } from "./count-preview.server.ts";
import { chunkSize, runChunk } from "./run-chunk.server.ts";

/** Then the job queues up again behind the others, so that a big action does not hold up a small one. */
const longestRunMs = 5_000;

/** How many items one transaction takes on, and for how long one job goes on. Each has a usual value. */
export interface Pace {
  run?: number;
  copy?: number;
  count?: number;
  forMs?: number;
}

/**
 * Goes on with a bulk action, chunk by chunk, until it waits for a person or is done: takes over another action's
 * items, counts a big draft's preview, or carries the action out.
 *
 * Each chunk is a transaction that says where it ended, so a worker killed at any point leaves the rest for the next
 * one and has done nothing twice. Two jobs of one action do no harm.
 */
export async function runBulkAction(
  services: BulkServices & { kinds: BulkKinds; mail?: KindServices["mail"] },
  shopId: ShopId,
  id: BulkActionId,
  stopping: AbortSignal,
  pace: Pace = {},
): Promise<void> {
  const { db, queue, kinds, mail = null } = services;
  const endsAt = performance.now() + (pace.forMs ?? longestRunMs);
  const run = { db, queue, mail, kinds, shopId, id };
  let beyond: number | null = null;
  while (!stopping.aborted && performance.now() < endsAt) {
    const action = await readAction(db, shopId, id);
    switch (action?.state) {
      case "collecting":
        if (!(await copyItems(services, shopId, id, pace.copy))) return;
        break;
      case "counting":
        if (!(await countPreview(run, pace.count))) return;
        break;
      case "queued":
      case "running": {
        const backwards = kinds[action.kind]?.oldestFirst === true;
        const last = await runChunk(run, { beyond, backwards, limit: pace.run ?? chunkSize });
        // A chunk that another job gave back may lie before: one more look from the beginning.
        if (last === null && beyond === null) return;
        beyond = last;
        break;
      }
      default:
        return;
    }
  }
  await withShop(db, shopId, (tx) =>
    enqueue(queue, tx, "run-bulk-action", { shopId, bulkActionId: id }, { singletonKey: id }),
  );
}

function readAction(db: Db, shopId: ShopId, id: BulkActionId) {
  return withShop(db, shopId, async (tx) => {
    const [action] = await tx.sql<{ state: BulkState; kind: string }[]>`
      select state, kind from bulk_actions where shop_id = ${shopId} and id = ${id}`;
    return action ?? null;
  });
}
