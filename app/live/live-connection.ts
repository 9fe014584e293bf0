import { EventSourceParserStream } from "eventsource-parser/stream";
import { backoffMs } from "./backoff.ts";
import { type LiveEvent, parseLiveEvent } from "./live-event.ts";
import {
  connecting,
  endedStatus,
  type LiveStatus,
  live,
  offlineAfterMs,
  statusWithout,
} from "./live-status.ts";

/** The server's heart beats every 10 s: after this silence the connection is dead, whatever the network says. */
const silenceMs = 25_000;

/** On waking up one missed heartbeat is enough to start anew. */
const wakeSilenceMs = 12_000;

export interface LiveConnection {
  /** Somebody looks, or the network is back: try at once. */
  wake(): void;
  /** The browser says that the network is gone. */
  networkLost(): void;
  stop(): void;
}

interface ConnectionParts {
  open(signal: AbortSignal): Promise<Response>;
  isOnline(): boolean;
  onEvent(event: LiveEvent): void;
  onStatus(status: LiveStatus): void;
}

/** Why a stream is over: it asked to come back, asked not to, or broke. */
type StreamEnd = "reconnect" | "ended" | "broken";

/**
 * Keeps one event stream open: comes back after every break with growing waits, at once when there is a reason
 * to believe that it will work, and not at all when the server says so.
 */
export function keepConnected({ open, isOnline, onEvent, onStatus }: ConnectionParts): LiveConnection {
  let stopped = false;
  let failures = 0;
  let lostAt: number | null = Date.now();
  let lastBytesAt = 0;
  let attempt = new AbortController();
  let endWait = () => {};
  let offlineTimer: ReturnType<typeof setTimeout> | undefined;

  const tellStatus = () => {
    if (stopped) return;
    onStatus(lostAt === null ? live : statusWithout(lostAt, Date.now(), isOnline()));
  };

  const lost = () => {
    lostAt ??= Date.now();
    clearTimeout(offlineTimer);
    offlineTimer = setTimeout(tellStatus, Math.max(0, lostAt + offlineAfterMs - Date.now()));
    tellStatus();
  };

  const readStream = async (): Promise<StreamEnd> => {
    attempt = new AbortController();
    const silence = setInterval(() => {
      if (Date.now() - lastBytesAt > silenceMs) attempt.abort();
    }, 5_000);
    lastBytesAt = Date.now();
    try {
      const response = await open(attempt.signal);
      // The shop has uninstalled the app: asking again would never help.
      if (response.status === 403) {
        await response.body?.cancel();
        return "ended";
      }
      if (!response.ok || !response.body) {
        await response.body?.cancel();
        return "broken";
      }
      const noteBytes = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(bytes, controller) {
          lastBytesAt = Date.now();
          controller.enqueue(bytes);
        },
      });
      const messages = response.body
        .pipeThrough(noteBytes)
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream())
        .getReader();
      for (;;) {
        const { done, value } = await messages.read();
        if (done) return "broken";
        const event = parseLiveEvent(value);
        if (stopped || !event) continue;
        if (event.type === "hello") {
          failures = 0;
          lostAt = null;
          clearTimeout(offlineTimer);
          tellStatus();
        }
        onEvent(event);
        if (event.type === "reconnect" || event.type === "ended") {
          attempt.abort();
          return event.type;
        }
      }
    } catch {
      // Every way of failing has the same answer: come back later.
      return "broken";
    } finally {
      clearInterval(silence);
    }
  };

  const run = async () => {
    onStatus(isOnline() ? connecting : statusWithout(Date.now(), Date.now(), false));
    lost();
    while (!stopped) {
      const end = await readStream();
      if (stopped) return;
      if (end === "ended") {
        stopped = true;
        clearTimeout(offlineTimer);
        onStatus(endedStatus(Date.now()));
        return;
      }
      if (end === "reconnect") continue;
      lost();
      const waitMs = backoffMs(failures);
      failures += 1;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        endWait = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  void run();

  return {
    wake() {
      failures = 0;
      if (Date.now() - lastBytesAt > wakeSilenceMs) attempt.abort();
      endWait();
    },
    networkLost() {
      // The word of the browser may be wrong (a server on this machine), so a new try decides.
      attempt.abort();
      tellStatus();
    },
    stop() {
      stopped = true;
      clearTimeout(offlineTimer);
      attempt.abort();
      endWait();
    },
  };
}
