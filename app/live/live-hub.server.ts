import { type Db, withSystem } from "../db.server.ts";
import { log } from "../log.server.ts";
import { hintLag, openStreams } from "../metrics.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { recordSpan } from "../trace.server.ts";
import { LiveChannel } from "./live-channel.server.ts";
import { joinHints, liveChannel, type ShopHint, shopHintSchema } from "./notify-shop.server.ts";

/** What a stream is told. `resync` means "something may have been missed: read again". */
export interface LiveListener {
  changed(hint: ShopHint): void;
  resync(): void;
  heartbeat(lastChange: number): void;
  /** The shop has uninstalled the app: do not come back. */
  ended(): void;
  /** This process stops: come back, another one answers. */
  restarting(): void;
}

/**
 * Hints for one shop are passed on at most this often, so that a burst reaches many streams as a few messages. Telling a
 * stream costs about 10 µs: this keeps a shop's streams under a fifth of the process, and lets a few hear at once.
 */
const passOnMsPerStream = 0.05;
const heartbeatMs = 10_000;

/**
 * Passes on to this process's streams what any process has committed: one LISTEN connection whatever the number
 * of streams. A hint may be lost, so a reconnect tells all to read again, and the heartbeat carries each shop's
 * change number, by which a stream notices a gap.
 */
export class LiveHub {
  readonly #db: Db;
  readonly #listeners = new Map<ShopId, Set<LiveListener>>();
  readonly #gathered = new Map<ShopId, { hint: ShopHint | undefined; timer: NodeJS.Timeout }>();
  readonly #channel: LiveChannel;
  #heartbeat: NodeJS.Timeout | null = null;

  /**
   * @param url of the database, for the one connection that listens: it must reach PostgreSQL itself and not
   *   through a pooler in transaction mode
   */
  constructor(db: Db, url: string) {
    this.#db = db;
    this.#channel = new LiveChannel(url, liveChannel, {
      message: (payload) => this.#receive(payload),
      listening: () => this.#each((listener) => listener.resync()),
    });
  }

  /** True while this process hears what others commit. */
  get isListening(): boolean {
    return this.#channel.isListening;
  }

  /** Streams open on this process, over all shops. */
  get streamCount(): number {
    let count = 0;
    for (const listeners of this.#listeners.values()) count += listeners.size;
    return count;
  }

  /** Streams of one shop, so that a shop cannot open them without end. */
  streamCountOf(shopId: ShopId): number {
    return this.#listeners.get(shopId)?.size ?? 0;
  }

  /** Subscribes a stream to its shop. @returns the way to unsubscribe; calling it twice is harmless */
  subscribe(shopId: ShopId, listener: LiveListener): () => void {
    this.start();
    const listeners = this.#listeners.get(shopId) ?? new Set();
    this.#listeners.set(shopId, listeners.add(listener));
    openStreams.inc();
    return () => {
      if (listeners.delete(listener)) openStreams.dec();
      if (listeners.size === 0 && this.#listeners.get(shopId) === listeners) this.#listeners.delete(shopId);
    };
  }

  /** Sends every stream away and ends the LISTEN connection. Part of a clean shutdown. */
  async close(): Promise<void> {
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    for (const { timer } of this.#gathered.values()) clearTimeout(timer);
    this.#gathered.clear();
    this.#each((listener) => listener.restarting());
    await this.#channel.close();
  }

  /** Starts to listen before the first stream does, so that a process that cannot hear is never called ready. */
  start(): void {
    this.#heartbeat ??= setInterval(() => void this.#beat(), heartbeatMs).unref();
    this.#channel.open();
  }

  #receive(payload: string): void {
    const hint = shopHintSchema.parse(JSON.parse(payload));
    if (hint.sentMs) hintLag.observe(Math.max(0, Date.now() - hint.sentMs) / 1_000);
    if (!this.#listeners.has(hint.shopId)) return;
    const gathered = this.#gathered.get(hint.shopId);
    if (gathered) {
      gathered.hint = joinHints(gathered.hint, hint);
      return;
    }
    this.#pass(hint);
    this.#gather(hint.shopId);
  }

  /** After a hint was passed on, the next ones of its shop wait together. */
  #gather(shopId: ShopId): void {
    const timer = setTimeout(() => {
      const waiting = this.#gathered.get(shopId)?.hint;
      this.#gathered.delete(shopId);
      if (!waiting) return;
      this.#pass(waiting);
      this.#gather(shopId);
    }, this.streamCountOf(shopId) * passOnMsPerStream);
    this.#gathered.set(shopId, { hint: undefined, timer });
  }

  #pass(hint: ShopHint): void {
    const startedAt = Date.now();
    for (const listener of [...(this.#listeners.get(hint.shopId) ?? [])]) {
      if (hint.ended) listener.ended();
      else listener.changed(hint);
    }
    if (!hint.trace) return;
    const sent = { traceparent: hint.trace, startedAt: hint.sentMs ?? startedAt, endedAt: startedAt };
    recordSpan("tell streams", {
      traceparent: recordSpan("notify", sent) ?? hint.trace,
      startedAt,
      attributes: { "stream.count": this.streamCountOf(hint.shopId) },
    });
  }

  #each(tell: (listener: LiveListener) => void): void {
    for (const listeners of [...this.#listeners.values()])
      for (const listener of [...listeners]) tell(listener);
  }

  async #beat(): Promise<void> {
    if (this.#listeners.size === 0) return;
    const shopIds = [...this.#listeners.keys()];
    const numbers = await this.#readChangeNumbers(shopIds).catch((error) => {
      log.warn({ error }, "cannot read change numbers; the streams beat without them");
      return new Map<ShopId, number>();
    });
    for (const shopId of shopIds) {
      for (const listener of [...(this.#listeners.get(shopId) ?? [])])
        listener.heartbeat(numbers.get(shopId) ?? 0);
    }
  }

  async #readChangeNumbers(shopIds: ShopId[]): Promise<Map<ShopId, number>> {
    const rows = await withSystem(
      this.#db,
      (tx) => tx.sql<{ shop_id: ShopId; last_change: string }[]>`
        select shop_id, last_change from shop_changes where shop_id = any(${shopIds}::uuid[])`,
    );
    return new Map(rows.map((row) => [row.shop_id, Number(row.last_change)]));
  }
}
