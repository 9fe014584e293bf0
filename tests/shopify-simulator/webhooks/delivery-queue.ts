import type { SimulatorConfig } from "../config.ts";
import type { Random } from "../random.ts";
import type { Delivery, DeliveryStatus } from "./delivery.ts";
import { sendDelivery } from "./send-delivery.ts";

const MAX_RETRIES = 8;
/** A shuffle window that never fills is sent after this much quiet. */
const SHUFFLE_QUIET_MS = 300;
const REMEMBERED = 5_000;
const MAX_PENDING = 50_000;

export interface DeliveryQueue {
  enqueue(delivery: Delivery): void;
  /** Sends a finished delivery once more, under the same webhook id. */
  redeliver(id: number): Delivery | null;
  /** Newest first. */
  list(): Delivery[];
  nextId(): number;
  pending(): number;
  /** Resolves when nothing is waiting, being sent or due for a retry; false when that took too long. */
  idle(timeoutMs: number): Promise<boolean>;
  clear(): void;
  close(): void;
}

/** Delivers as the platform does, with its retries compressed from hours to seconds, and with faults on demand. */
export function createDeliveryQueue(config: SimulatorConfig, random: Random): DeliveryQueue {
  const remembered = new Map<number, Delivery>();
  /** Each shop's own queue, the shop whose turn it is first: one shop's flood must not hold up another's. */
  const ready = new Map<string, Delivery[]>();
  const shuffling: Delivery[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const idleWaiters = new Set<() => void>();
  let open = 0;
  let sending = 0;
  let lastId = 0;
  let shuffleTimer: NodeJS.Timeout | null = null;
  let closed = false;

  function after(delayMs: number, run: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, delayMs);
    timers.add(timer);
    return timer;
  }

  function finish(delivery: Delivery, status: DeliveryStatus) {
    delivery.status = status;
    delivery.finishedAt = new Date().toISOString();
    open -= 1;
    if (open > 0) return;
    for (const resolve of idleWaiters) resolve();
    idleWaiters.clear();
  }

  async function attempt(delivery: Delivery) {
    delivery.attempts += 1;
    const corrupt = random.chance(delivery.faults.corruptRate);
    const { ok, statusCode, error } = await sendDelivery(config, delivery, corrupt);
    sending -= 1;
    pump();
    if (closed || delivery.status !== "pending") return;
    Object.assign(delivery, { statusCode, error });
    if (ok) finish(delivery, "delivered");
    else if (delivery.attempts > MAX_RETRIES) finish(delivery, "failed");
    else after(config.retryBaseMs * 2 ** (delivery.attempts - 1), () => release(delivery));
  }

  function line(delivery: Delivery) {
    const waiting = ready.get(delivery.shop);
    if (waiting) waiting.push(delivery);
    else ready.set(delivery.shop, [delivery]);
  }

  function release(delivery: Delivery) {
    line(delivery);
    pump();
  }

  /** The next delivery of the shop whose turn it is; the shop then goes to the end of the line. */
  function takeNext(): Delivery | undefined {
    const [turn] = ready;
    if (!turn) return undefined;
    const [shop, waiting] = turn;
    const delivery = waiting.shift();
    ready.delete(shop);
    if (waiting.length > 0) ready.set(shop, waiting);
    return delivery;
  }

  function pump() {
    while (!closed && sending < config.deliveryConcurrency) {
      const delivery = takeNext();
      if (!delivery) return;
      sending += 1;
      attempt(delivery).catch((error: unknown) => {
        console.error("a delivery could not be attempted", error);
      });
    }
  }

  function flushShuffled() {
    if (shuffleTimer) clearTimeout(shuffleTimer);
    shuffleTimer = null;
    while (shuffling.length > 0) {
      const [delivery] = shuffling.splice(random.integer(0, shuffling.length - 1), 1);
      if (delivery) line(delivery);
    }
    pump();
  }

  function schedule(delivery: Delivery) {
    const { shuffleWindow } = delivery.faults;
    if (shuffleWindow <= 1) {
      release(delivery);
      return;
    }
    shuffling.push(delivery);
    if (shuffling.length >= shuffleWindow) flushShuffled();
    else if (!shuffleTimer) shuffleTimer = after(SHUFFLE_QUIET_MS, flushShuffled);
  }

  function accept(delivery: Delivery) {
    remembered.set(delivery.id, delivery);
    for (const [id, old] of remembered) {
      if (remembered.size <= REMEMBERED || old.status === "pending") break;
      remembered.delete(id);
    }
    open += 1;
    if (delivery.faults.delayMs > 0) after(delivery.faults.delayMs, () => schedule(delivery));
    else schedule(delivery);
  }

  const nextId = () => {
    lastId += 1;
    return lastId;
  };

  return {
    nextId,
    enqueue(delivery) {
      if (open >= MAX_PENDING) throw new RangeError(`more than ${MAX_PENDING} deliveries are waiting`);
      if (random.chance(delivery.faults.dropRate)) {
        open += 1;
        remembered.set(delivery.id, delivery);
        finish(delivery, "dropped");
        return;
      }
      accept(delivery);
      if (random.chance(delivery.faults.duplicateRate)) {
        accept({ ...delivery, id: nextId(), duplicateOf: delivery.id });
      }
    },
    redeliver(id) {
      const original = remembered.get(id);
      if (!original) return null;
      const faults = { ...original.faults, dropRate: 0, delayMs: 0, shuffleWindow: 0, corruptRate: 0 };
      const copy: Delivery = {
        ...original,
        id: nextId(),
        duplicateOf: id,
        status: "pending",
        attempts: 0,
        statusCode: null,
        error: null,
        finishedAt: null,
        faults,
      };
      accept(copy);
      return copy;
    },
    list: () => [...remembered.values()].reverse(),
    pending: () => open,
    idle(timeoutMs) {
      if (open === 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          idleWaiters.delete(done);
          resolve(open === 0);
        };
        const timer = setTimeout(done, timeoutMs);
        idleWaiters.add(done);
      });
    },
    clear() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      shuffleTimer = null;
      shuffling.length = 0;
      ready.clear();
      // Whatever is on its way finishes unseen: its delivery is no longer pending.
      for (const delivery of remembered.values())
        if (delivery.status === "pending") finish(delivery, "failed");
      remembered.clear();
    },
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      for (const resolve of idleWaiters) resolve();
    },
  };
}
