import { type Db, enterSystem, isDatabaseAway, type Tx, withSystem } from "../db.server.ts";
import { notifyShop } from "../live/notify-shop.server.ts";
import { deliveries } from "../metrics.server.ts";
import { enqueue, type Queue } from "../queue.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { applyEvents, failedAttempt } from "./apply-events.server.ts";
import {
  type ClaimedEvent,
  claimEvents,
  claimEventsById,
  type EventResult,
  markEvents,
} from "./claim-events.server.ts";
import { observeBatch } from "./observe-batch.server.ts";

/** Few enough that a batch takes tens of milliseconds and shares well, many enough that a commit is cheap. */
const batchLimit = 200;
const batchLimitPerShop = 50;

/** A job hands over to the next one long before the queue would give it up. */
const longestRunMs = 20_000;

/**
 * Applies open deliveries until none is left, batch by batch; after twenty seconds a new job goes on.
 *
 * Claim, change and final state commit together, so a crash in between leaves the deliveries open and applies
 * nothing twice. A batch that fails is split until the bad payload stands alone; only that one's attempt counts.
 *
 * @param stopping ends the work after the batch under way
 * @throws the database's error when it is away: no attempt is counted and the deliveries wait
 */
export async function processOpenEvents(db: Db, queue: Queue, stopping: AbortSignal): Promise<void> {
  let afterShop: ShopId | null = null;
  const endsAt = performance.now() + longestRunMs;
  while (!stopping.aborted) {
    if (performance.now() > endsAt) return withSystem(db, (tx) => enqueue(queue, tx, "process-order", {}));
    const turn: ShopId | null = afterShop;
    const events = await processBatch(db, queue, (tx) =>
      claimEvents(tx, { limit: batchLimit, perShop: batchLimitPerShop, afterShop: turn }),
    );
    const last = events.at(-1);
    if (last) afterShop = last.shopId;
    else if (afterShop !== null) afterShop = null;
    else return;
  }
}

type Claim = (tx: Tx) => Promise<ClaimedEvent[]>;

/** Processes one claim and returns what it claimed; empty when there was nothing. */
async function processBatch(db: Db, queue: Queue, claim: Claim): Promise<ClaimedEvent[]> {
  let events: ClaimedEvent[] = [];
  try {
    const startedAt = Date.now();
    const applied = await withSystem(db, async (tx) => {
      events = await claim(tx);
      if (events.length === 0) return { results: [], hints: [] };
      const applied = await applyEvents(tx, queue, events);
      await finish(tx, queue, applied.results);
      return applied;
    });
    for (const hint of observeBatch(events, applied.results, applied.hints, startedAt)) notifyShop(db, hint);
  } catch (error) {
    if (isDatabaseAway(error) || events.length === 0) throw error;
    await splitBatch(db, queue, events, error);
  }
  return events;
}

async function finish(tx: Tx, queue: Queue, results: EventResult[]): Promise<void> {
  await Promise.all([enterSystem(tx), markEvents(tx, results)]);
  const delays = new Set(
    results.flatMap(({ retryInSeconds }) => (retryInSeconds ? [Math.ceil(retryInSeconds)] : [])),
  );
  for (const startAfter of delays) await enqueue(queue, tx, "process-order", {}, { startAfter });
}

/** The batch was rolled back as a whole. Its halves go on alone; a single event is the culprit. */
async function splitBatch(db: Db, queue: Queue, events: ClaimedEvent[], error: unknown): Promise<void> {
  if (events.length > 1) {
    const middle = Math.ceil(events.length / 2);
    for (const half of [events.slice(0, middle), events.slice(middle)]) {
      await processBatch(db, queue, (tx) =>
        claimEventsById(
          tx,
          half.map(({ id }) => id),
        ),
      );
    }
    return;
  }
  await withSystem(db, async (tx) => {
    const claimed = await claimEventsById(
      tx,
      events.map(({ id }) => id),
    );
    const results = claimed.map((event) => ({
      id: event.id,
      shopifyOrderId: null,
      ...failedAttempt(event, error),
    }));
    if (results.length > 0) await finish(tx, queue, results);
    for (const { status } of results) deliveries.inc({ outcome: status === "received" ? "retried" : status });
  });
}
