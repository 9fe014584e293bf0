import { keepConnected, type LiveConnection } from "./live-connection.ts";
import type { LiveEvent } from "./live-event.ts";
import { connecting, type LiveStatus } from "./live-status.ts";

/** Between the tabs of one browser. `to` names the tab that asked; without it a message is for all. */
type TabMessage =
  | { type: "event"; event: LiveEvent; to?: string }
  | { type: "status"; status: LiveStatus; to?: string }
  | { type: "who"; from: string }
  | { type: "wake" };

interface SharedParts {
  /** Whose updates: tabs of the same name share one stream. */
  name: string;
  open(signal: AbortSignal): Promise<Response>;
  onEvent(event: LiveEvent): void;
  onStatus(status: LiveStatus): void;
}

/**
 * Live updates over one stream per browser. HTTP/1.1 allows six connections to a server, so a stream in each of
 * seven tabs would leave none to work with. The tab that holds the lock has the stream and passes on what it says;
 * when that tab closes, the browser gives the lock to the next.
 * @returns the way to stop
 */
export function shareLiveUpdates({ name, open, onEvent, onStatus }: SharedParts): () => void {
  const stopped = new AbortController();
  const channel = openChannel(name);
  const me = crypto.randomUUID();
  let leading: LiveConnection | null = null;
  let lastStatus = connecting;
  let lastChange = 0;

  const post = (message: TabMessage) => channel?.postMessage(message);

  const lead = () => {
    leading = keepConnected({
      open,
      isOnline: () => navigator.onLine,
      onEvent: (event) => {
        if ("change" in event) lastChange = Math.max(lastChange, event.change);
        post({ type: "event", event });
        onEvent(event);
      },
      onStatus: (status) => {
        lastStatus = status;
        post({ type: "status", status });
        onStatus(status);
      },
    });
    stopped.signal.addEventListener("abort", () => leading?.stop());
  };

  channel?.addEventListener("message", ({ data }: MessageEvent<TabMessage>) => {
    if (data.type === "wake") return leading?.wake();
    if (data.type === "who") {
      if (!leading) return;
      post({ type: "status", status: lastStatus, to: data.from });
      // The newcomer's page may be older than the stream: a hello of its own makes it read again.
      if (lastStatus.state === "live") {
        post({ type: "event", event: { type: "hello", change: lastChange }, to: data.from });
      }
      return;
    }
    // Whoever was sent away stays so: another tab may have installed the app again, and this page is of before.
    if (leading || lastStatus.ended || (data.to !== undefined && data.to !== me)) return;
    if (data.type === "event") return onEvent(data.event);
    lastStatus = data.status;
    onStatus(data.status);
  });

  const wake = () => (leading ? leading.wake() : post({ type: "wake" }));
  const { signal } = stopped;
  window.addEventListener("online", wake, { signal });
  window.addEventListener("offline", () => leading?.networkLost(), { signal });
  document.addEventListener(
    "visibilitychange",
    () => {
      if (document.visibilityState === "visible") wake();
    },
    { signal },
  );

  if (channel && "locks" in navigator) {
    post({ type: "who", from: me });
    navigator.locks
      .request(name, { signal }, async () => {
        // An uninstalled shop's next tab must not come back either: that would install the app again.
        if (lastStatus.ended) return;
        lead();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      })
      // Refused by the browser's settings, or stopped while waiting for the lock.
      .catch(() => {
        if (!signal.aborted && !leading) lead();
      });
  } else {
    lead();
  }

  return () => {
    stopped.abort();
    channel?.close();
  };
}

/** @returns null where tabs cannot speak to each other; each then has a stream of its own */
function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
