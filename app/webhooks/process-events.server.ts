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

/** How often another lane looks while batches are under way: what arrives must not wait for a slow one. */
const lookMs = 100;

/** Batches of one shop at a time; more would only wait for each other at its change number, and others for all of them. */
const lanesPerShop = 3;

export interface Processing {
  /** Ends when nothing is open any more, or fails with the database's error. */
  done: Promise<void>;
  /** Something has arrived: whatever belongs to a shop that no batch is busy with is taken at once. */
  look(): void;
}

/** As {@link startProcessing}, to its end. */
export function processOpenEvents(db: Db, queue: Queue, options: Lanes): Promise<void> {
  return startProcessing(db, queue, options).done;
}

interface Lanes {
  /**
   * Most batches under way at a time. A second begins when the first is full, or for another shop: a few deliveries are
   * one claim, and a shop that floods never has all lanes.
   */
  lanes: number;
  /** Ends the work after the batches under way. */
  stopping: AbortSignal;
}

/**
 * Applies open deliveries until none is left, batch by batch; after twenty seconds a new job goes on.
 *
 * Claim, change and final state commit together, so a crash in between leaves the deliveries open and applies
 * nothing twice. A batch that fails is split until the bad payload stands alone; only that one's attempt counts. When
 * the database is away no attempt is counted and the deliveries wait.
 */
export function startProcessing(db: Db, queue: Queue, { lanes, stopping }: Lanes): Processing {
  const endsAt = performance.now() + longestRunMs;
  const started: Promise<void>[] = [];
  const failures: unknown[] = [];
  const lanesOf = new Map<ShopId, number>();
  let underWay = 0;
  let afterShop: ShopId | null = null;

  /** @param besides batches of a shop that another lane is busy with it may join */
  function openLane(besides: number): void {
    if (underWay >= lanes || failures.length > 0) return;
    underWay += 1;
    const lane = runLane(besides)
      .catch((error) => failures.push(error))
      .then(() => {
        underWay -= 1;
      });
    started.push(lane);
  }

  async function runLane(besides: number): Promise<void> {
    let joins = besides;
    while (!stopping.aborted && performance.now() < endsAt) {
      const turn: ShopId | null = afterShop;
      const events = await runBatch(turn, joins);
      joins = events.length < batchLimitPerShop ? besides : lanesPerShop - 1;
      // Whoever has not filled a claim has walked past every shop, and begins again with the first.
      if (events.length === 0 && turn === null) return;
      afterShop = events.length < batchLimit ? null : (events.at(-1)?.shopId ?? null);
    }
  }

  async function runBatch(turn: ShopId | null, joins: number): Promise<ClaimedEvent[]> {
    const exceptShops = [...lanesOf].flatMap(([shopId, count]) => (count > joins ? [shopId] : []));
    const entered = new Set<ShopId>();
    try {
      return await processBatch(db, queue, {
        claim: (tx) =>
          claimEvents(tx, { limit: batchLimit, perShop: batchLimitPerShop, afterShop: turn, exceptShops }),
        // Of the shops that are still to come nothing is locked, so others may take what arrives for them.
        entering: (shopId, claimed) => {
          entered.add(shopId);
          lanesOf.set(shopId, (lanesOf.get(shopId) ?? 0) + 1);
          if (claimed.length >= batchLimitPerShop) openLane(lanesPerShop - 1);
        },
      });
    } finally {
      for (const shopId of entered) lanesOf.set(shopId, (lanesOf.get(shopId) ?? 1) - 1);
    }
  }

  async function run(): Promise<void> {
    openLane(0);
    const looking = setInterval(look, lookMs);
    // Grows while it is walked.
    for (const lane of started) await lane;
    clearInterval(looking);
    if (failures.length > 0) throw failures[0];
    if (!stopping.aborted && performance.now() >= endsAt)
      await withSystem(db, (tx) => enqueue(queue, tx, "process-order", {}));
  }

  const look = () => openLane(0);
  return { done: run(), look };
}

interface Claim {
  claim(tx: Tx): Promise<ClaimedEvent[]>;
  /** Hears of each shop of what was claimed when it is its turn. */
  entering?(shopId: ShopId, claimed: ClaimedEvent[]): void;
}

/** Processes one claim and returns what it claimed; empty when there was nothing. */
async function processBatch(db: Db, queue: Queue, { claim, entering }: Claim): Promise<ClaimedEvent[]> {
  let events: ClaimedEvent[] = [];
  try {
    const startedAt = Date.now();
    const applied = await withSystem(db, async (tx) => {
      events = await claim(tx);
      if (events.length === 0) return { results: [], hints: [] };
      const applied = await applyEvents(tx, queue, events, (shopId) => entering?.(shopId, events));
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
