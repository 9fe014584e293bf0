import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { sessionOf } from "../db.server.ts";
import { log } from "../log.server.ts";

/** How often to make sure that the connection still hears, and how long an echo may take. */
const checkMs = 5_000;
const echoMs = 4_000;

export interface ChannelEvents {
  message(payload: string): void;
  /** Listening from now on; whatever was sent before may have been missed. */
  listening(): void;
}

/**
 * One LISTEN connection that does not go deaf. The driver listens again after a lost connection, but only once:
 * when that fails it gives up silently, and a half-open connection it never notices. So every few seconds we
 * notify ourselves, and when the echo does not come, the connection is thrown away for a new one.
 */
export class LiveChannel {
  readonly #url: string;
  readonly #channel: string;
  readonly #events: ChannelEvents;
  readonly #name: string;
  readonly #echoChannel = `atomic_orders_echo_${randomUUID().replaceAll("-", "")}`;
  #client: postgres.Sql | null = null;
  #check: NodeJS.Timeout | null = null;
  #heardEcho = () => {};
  #closed = false;
  #isListening = false;

  /** @param name of the connection, as seen in `pg_stat_activity` */
  constructor(url: string, channel: string, events: ChannelEvents, name = "atomic-orders live") {
    this.#url = url;
    this.#channel = channel;
    this.#events = events;
    this.#name = name;
  }

  get isListening(): boolean {
    return this.#isListening;
  }

  /** Starts to listen; does nothing when it does already. */
  open(): void {
    if (this.#check || this.#closed) return;
    this.#check = setInterval(() => void this.#makeSure(), checkMs).unref();
    void this.#connect();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#check) clearInterval(this.#check);
    await this.#client?.end({ timeout: 1 });
  }

  async #connect(): Promise<void> {
    const client = postgres(this.#url, {
      max: 1,
      connect_timeout: 5,
      onnotice: () => {},
      connection: sessionOf(this.#name),
    });
    this.#client = client;
    try {
      await client.listen(this.#echoChannel, () => this.#heardEcho());
      await client.listen(this.#channel, this.#events.message, () => {
        this.#isListening = true;
        this.#events.listening();
      });
    } catch (error) {
      if (!this.#closed) log.warn({ error }, "cannot listen for changes; trying again");
      await this.#discard(client);
    }
  }

  async #makeSure(): Promise<void> {
    const client = this.#client;
    if (!client) return this.#connect();
    const heard = new Promise<boolean>((resolve) => {
      this.#heardEcho = () => resolve(true);
      setTimeout(() => resolve(false), echoMs).unref();
    });
    const asked = client.notify(this.#echoChannel, "").then(
      () => true,
      () => false,
    );
    this.#isListening = (await asked) && (await heard);
    if (this.#isListening) return;
    log.warn("the connection that listens for changes is deaf; opening a new one");
    await this.#discard(client);
    if (!this.#closed) await this.#connect();
  }

  async #discard(client: postgres.Sql): Promise<void> {
    if (this.#client === client) {
      this.#client = null;
      this.#isListening = false;
    }
    await client.end({ timeout: 0 }).catch(() => {}); // it is broken already
  }
}
