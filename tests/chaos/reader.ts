import { EventSourceParserStream } from "eventsource-parser/stream";
import { keepConnected, type LiveConnection } from "../../app/live/live-connection.ts";
import { type LiveEvent, parseLiveEvent } from "../../app/live/live-event.ts";
import { RevalidationScheduler } from "../../app/live/revalidation-scheduler.ts";

interface ReaderParts {
  url: string;
  token: () => string;
}

/** A list as the server answers it, without what depends on the clock. @throws when it does not */
export async function readList({ url, token }: ReaderParts): Promise<string> {
  const answer = await fetch(`${url}/app/orders?_data=${encodeURIComponent("routes/app.orders")}`, {
    headers: { Authorization: `Bearer ${token()}` },
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`the list was answered with ${answer.status}`);
  const { page, count, sum } = await answer.json();
  return JSON.stringify({ page, count, sum });
}

/** An open list as a browser has it: the app's own connection and its own rules of when to read again. */
export class Reader {
  page = "";
  reads = 0;
  readonly #parts: ReaderParts;
  readonly #scheduler = new RevalidationScheduler(() => void this.#read());
  readonly #connection: LiveConnection;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
    this.#connection = keepConnected({
      open: (signal) => openStream(parts, signal),
      isOnline: () => true,
      onEvent: (event) => this.#hear(event),
      onStatus: () => {},
    });
  }

  /** The browser says that the network is gone. */
  networkLost(): void {
    this.#connection.networkLost();
  }

  /** The browser says that it is back. */
  wake(): void {
    this.#connection.wake();
  }

  stop(): void {
    this.#connection.stop();
    this.#scheduler.stop();
  }

  #hear(event: LiveEvent): void {
    if (event.type === "hello") this.#scheduler.connected(event.change);
    else if (event.type === "resync") this.#scheduler.resync();
    else if ("change" in event) this.#scheduler.changed(event.change);
  }

  async #read(): Promise<void> {
    try {
      this.page = await readList(this.#parts);
      this.reads += 1;
      this.#scheduler.finished();
    } catch {
      this.#scheduler.finished(false); // it plans the next try
    }
  }
}

const openStream = ({ url, token }: ReaderParts, signal: AbortSignal) =>
  fetch(`${url}/app/live`, { headers: { Authorization: `Bearer ${token()}` }, signal });

/** A stream on one process that only notes what it hears. */
export interface Listener {
  events: { at: number; event: LiveEvent }[];
  isOpen: boolean;
  close(): void;
}

/** @throws when the stream is refused */
export async function listen(parts: ReaderParts): Promise<Listener> {
  const end = new AbortController();
  const answer = await openStream(parts, end.signal);
  if (!answer.ok || !answer.body) throw new Error(`a stream was answered with ${answer.status}`);
  const listener: Listener = { events: [], isOpen: true, close: () => end.abort() };
  const messages = answer.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  void (async () => {
    for await (const message of messages) {
      const event = parseLiveEvent(message);
      if (event) listener.events.push({ at: performance.now(), event });
    }
  })()
    .catch(() => {}) // broken, or ended by us
    .finally(() => {
      listener.isOpen = false;
    });
  return listener;
}
