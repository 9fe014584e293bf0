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
  claimEventsOf,
  type EventResult,
  markEvents,
} from "./claim-events.server.ts";
import { Lanes } from "./lanes.ts";
import { observeBatch } from "./observe-batch.server.ts";

/** Few enough that a batch takes tens of milliseconds and shares well, many enough that a commit is cheap. */
const batchLimit = 200;
const batchLimitPerShop = 50;

/** A job hands over to the next one long before the queue would give it up. */
const longestRunMs = 20_000;

/** How often another lane looks while batches are under way: what arrives must not wait for a slow one. */
const lookMs = 100;

export interface Processing {
  /** Ends when nothing is open any more, or fails with the database's error. */
  done: Promise<void>;
  /** Something has arrived: whatever belongs to a shop that no batch is busy with is taken at once. */
  look(): void;
}

/** As {@link startProcessing}, to its end. */
export function processOpenEvents(db: Db, queue: Queue, options: ProcessingOptions): Promise<void> {
  return startProcessing(db, queue, options).done;
}

interface ProcessingOptions {
  /** Most batches under way at a time. A few deliveries are one claim; further lanes are opened for what floods or arrives. */
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
export function startProcessing(db: Db, queue: Queue, options: ProcessingOptions): Processing {
  const run = new Run(db, queue, options);
  return { done: run.toItsEnd(), look: () => run.walk() };
}

class Run {
  readonly #db: Db;
  readonly #queue: Queue;
  readonly #stopping: AbortSignal;
  readonly #lanes: Lanes;
  readonly #endsAt = performance.now() + longestRunMs;
  readonly #started: Promise<void>[] = [];
  readonly #failures: unknown[] = [];
  #walkIsWanted = false;
  /** The last shop of the last claim that was full; the next one goes on behind it. */
  #afterShop: ShopId | null = null;

  constructor(db: Db, queue: Queue, { lanes, stopping }: ProcessingOptions) {
    this.#db = db;
    this.#queue = queue;
    this.#stopping = stopping;
    this.#lanes = new Lanes(lanes);
  }

  async toItsEnd(): Promise<void> {
    this.walk();
    const looking = setInterval(() => this.walk(), lookMs);
    // Grows while it is walked.
    for (const lane of this.#started) await lane;
    clearInterval(looking);
    if (this.#failures.length > 0) throw this.#failures[0];
    if (!this.#stopping.aborted && performance.now() >= this.#endsAt)
      await withSystem(this.#db, (tx) => enqueue(this.#queue, tx, "process-order", {}));
  }

  /** Opens another lane that walks from shop to shop; when there is no room, as soon as there is. */
  walk(): void {
    if (this.#failures.length > 0) return;
    this.#walkIsWanted = !this.#lanes.openWalker();
    if (!this.#walkIsWanted) this.#start(this.#walkShops());
  }

  #start(lane: Promise<void>): void {
    const ended = lane
      .catch((error) => void this.#failures.push(error))
      .then(() => {
        this.#lanes.close();
        if (this.#walkIsWanted) this.walk();
      });
    this.#started.push(ended);
  }

  #isOver(): boolean {
    return this.#stopping.aborted || performance.now() >= this.#endsAt;
  }

  async #walkShops(): Promise<void> {
    while (!this.#isOver()) {
      const afterShop = this.#afterShop;
      const events = await this.#walkBatch(afterShop);
      // Whoever has not filled a claim has walked past every shop, and begins again with the first.
      if (events.length === 0 && afterShop === null) return;
      this.#afterShop = events.length < batchLimit ? null : (events.at(-1)?.shopId ?? null);
    }
  }

  async #walkBatch(afterShop: ShopId | null): Promise<ClaimedEvent[]> {
    const entered = new Set<ShopId>();
    try {
      return await processBatch(this.#db, this.#queue, {
        claim: (tx) =>
          claimEvents(tx, {
            limit: batchLimit,
            perShop: batchLimitPerShop,
            afterShop,
            exceptShops: this.#lanes.seenTo(),
          }),
        // Of the shops that are still to come nothing is locked, so others may take what arrives for them.
        entering: (shopId, claimed) => {
          entered.add(shopId);
          this.#lanes.enter(shopId);
          if (countOf(claimed, shopId) >= batchLimitPerShop) this.#flood(shopId);
          if (claimed.length >= batchLimit) this.walk();
        },
      });
    } finally {
      for (const shopId of entered) this.#lanes.leave(shopId);
    }
  }

  #flood(shopId: ShopId): void {
    if (this.#failures.length === 0 && this.#lanes.openFlood(shopId)) this.#start(this.#drain(shopId));
  }

  /** Takes of one shop alone until it has no more than others, and walks then. */
  async #drain(shopId: ShopId): Promise<void> {
    let floods = true;
    try {
      // After a failure no walker is opened any more, so what is left must see to everybody.
      while (floods && this.#failures.length === 0 && !this.#isOver()) {
        const events = await processBatch(this.#db, this.#queue, {
          claim: (tx) => claimEventsOf(tx, shopId, batchLimit),
          entering: (_, claimed) => {
            if (claimed.length >= batchLimitPerShop) this.#flood(shopId);
          },
        });
        floods = events.length >= batchLimitPerShop;
      }
    } finally {
      this.#lanes.calm(shopId);
    }
    await this.#walkShops();
  }
}

const countOf = (events: ClaimedEvent[], shopId: ShopId) =>
  events.filter((event) => event.shopId === shopId).length;

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
