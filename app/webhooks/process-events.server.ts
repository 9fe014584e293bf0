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

/** How often a batch under way lets another lane look, so that a slow one does not hold up what arrives meanwhile. */
const slowBatchMs = 100;

/**
 * Applies open deliveries until none is left, batch by batch; after twenty seconds a new job goes on.
 *
 * Claim, change and final state commit together, so a crash in between leaves the deliveries open and applies
 * nothing twice. A batch that fails is split until the bad payload stands alone; only that one's attempt counts.
 *
 * @param lanes most batches under way at a time; a second begins when the first is full or slow, so that a few
 *   deliveries are one claim and a flood has all of them
 * @param stopping ends the work after the batches under way
 * @throws the database's error when it is away: no attempt is counted and the deliveries wait
 */
export async function processOpenEvents(
  db: Db,
  queue: Queue,
  { lanes, stopping }: { lanes: number; stopping: AbortSignal },
): Promise<void> {
  const endsAt = performance.now() + longestRunMs;
  const started: Promise<void>[] = [];
  const failures: unknown[] = [];
  let underWay = 0;
  let afterShop: ShopId | null = null;

  function openLane(): void {
    if (underWay >= lanes) return;
    underWay += 1;
    const lane = runLane()
      .catch((error) => failures.push(error))
      .then(() => {
        underWay -= 1;
      });
    started.push(lane);
  }

  async function runLane(): Promise<void> {
    while (!stopping.aborted && performance.now() < endsAt) {
      const turn: ShopId | null = afterShop;
      const slow = setInterval(openLane, slowBatchMs);
      const events = await processBatch(db, queue, {
        claim: (tx) => claimEvents(tx, { limit: batchLimit, perShop: batchLimitPerShop, afterShop: turn }),
        claimed: (events) => {
          if (events.length >= batchLimitPerShop) openLane();
        },
      }).finally(() => clearInterval(slow));
      // Whoever has not filled a claim has walked past every shop, and begins again with the first.
      if (events.length === 0 && turn === null) return;
      afterShop = events.length < batchLimit ? null : (events.at(-1)?.shopId ?? null);
    }
  }

  openLane();
  // Grows while it is walked.
  for (const lane of started) await lane;
  if (failures.length > 0) throw failures[0];
  if (!stopping.aborted && performance.now() >= endsAt)
    await withSystem(db, (tx) => enqueue(queue, tx, "process-order", {}));
}

interface Claim {
  claim(tx: Tx): Promise<ClaimedEvent[]>;
  /** Hears what was claimed while it is being applied. */
  claimed?(events: ClaimedEvent[]): void;
}

/** Processes one claim and returns what it claimed; empty when there was nothing. */
async function processBatch(db: Db, queue: Queue, { claim, claimed }: Claim): Promise<ClaimedEvent[]> {
  let events: ClaimedEvent[] = [];
  try {
    const startedAt = Date.now();
    const applied = await withSystem(db, async (tx) => {
      events = await claim(tx);
      if (events.length === 0) return { results: [], hints: [] };
      claimed?.(events);
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
      const ids = half.map(({ id }) => id);
      await processBatch(db, queue, { claim: (tx) => claimEventsById(tx, ids) });
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
