import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepConnected } from "../../app/live/live-connection.ts";
import type { LiveEvent } from "../../app/live/live-event.ts";
import type { LiveStatus } from "../../app/live/live-status.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server whose streams the test holds in its hand. */
function start({
  isOnline = () => true,
  refuses = false,
  status = 200,
}: {
  isOnline?: () => boolean;
  refuses?: boolean;
  /** What every opening is answered with. */
  status?: number;
} = {}) {
  let opened = 0;
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  const events: LiveEvent[] = [];
  const statuses: LiveStatus[] = [];
  const connection = keepConnected({
    isOnline,
    onEvent: (event) => events.push(event),
    onStatus: (status) => statuses.push(status),
    open: async (signal) => {
      opened += 1;
      if (refuses) throw new TypeError("Failed to fetch");
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          streams.push(controller);
          signal.addEventListener("abort", () => controller.error(signal.reason));
        },
      });
      return new Response(body, { status });
    },
  });
  return {
    connection,
    events,
    streams,
    opened: () => opened,
    state: () => statuses.at(-1)?.state,
    status: () => statuses.at(-1),
    setRefuses: (value: boolean) => {
      refuses = value;
    },
    send: async (event: string, data: object = {}) => {
      const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
      streams.at(-1)?.enqueue(new TextEncoder().encode(text));
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test("a stream is live once it has said hello", async () => {
  const { connection, send, state, events } = start();
  await pass(0);
  expect(state()).toBe("reconnecting");
  await send("hello", { change: 4 });
  expect(state()).toBe("live");
  expect(events).toEqual([{ type: "hello", change: 4 }]);
  connection.stop();
});

test("a stream that breaks is opened again within a second", async () => {
  const { connection, send, streams, state } = start();
  await pass(0);
  await send("hello", { change: 4 });
  streams[0]?.close();
  await pass(0);
  expect(state()).toBe("reconnecting");
  await pass(1_000);
  expect(streams).toHaveLength(2);
  connection.stop();
});

test("when asked to reconnect it comes back at once and shows nothing of it", async () => {
  const { connection, send, streams, state } = start();
  await pass(0);
  await send("hello", { change: 4 });
  await send("reconnect");
  expect(streams).toHaveLength(2);
  expect(state()).toBe("live");
  connection.stop();
});

test("when told that it is over it never comes back, and says since when", async () => {
  const { connection, send, streams, status } = start();
  await pass(0);
  await send("hello", { change: 4 });
  await send("ended");
  await pass(120_000);
  connection.wake();
  await pass(1_000);
  expect(streams).toHaveLength(1);
  expect(status()).toMatchObject({ state: "offline", ended: true, offlineSince: expect.any(Date) });
});

test("a shop that has uninstalled the app is told so by a 403, and is never asked for again", async () => {
  const { connection, opened, status } = start({ status: 403 });
  await pass(120_000);
  connection.wake();
  await pass(1_000);
  expect(opened()).toBe(1);
  expect(status()).toMatchObject({ state: "offline", ended: true });
});

test("failing for ten seconds counts as offline since the connection was lost", async () => {
  const { connection, send, streams, state, status, setRefuses } = start();
  await pass(0);
  await send("hello", { change: 4 });
  setRefuses(true);
  const lostAt = Date.now();
  streams[0]?.close();
  await pass(9_000);
  expect(state()).toBe("reconnecting");
  await pass(1_500);
  expect(state()).toBe("offline");
  expect(status()?.offlineSince?.getTime()).toBe(lostAt);
  connection.stop();
});

test("without a network it is offline at once", async () => {
  let online = true;
  const { connection, send, state } = start({ isOnline: () => online });
  await pass(0);
  await send("hello", { change: 4 });
  online = false;
  connection.networkLost();
  await pass(0);
  expect(state()).toBe("offline");
  connection.stop();
});

test("waking up tries at once, whatever the wait was", async () => {
  const { connection, streams, setRefuses } = start({ refuses: true });
  await pass(60_000);
  expect(streams).toHaveLength(0);
  setRefuses(false);
  connection.wake();
  await pass(0);
  expect(streams).toHaveLength(1);
  connection.stop();
});

test("twenty-five seconds of silence are the end of a stream", async () => {
  const { connection, send, streams } = start();
  await pass(0);
  await send("hello", { change: 4 });
  await pass(20_000);
  await send("heartbeat", { change: 4 });
  await pass(20_000);
  expect(streams).toHaveLength(1);
  await pass(12_000);
  expect(streams).toHaveLength(2);
  connection.stop();
});

test("events of a newer server are passed over", async () => {
  const { connection, send, events } = start();
  await pass(0);
  await send("SOMETHING_NEW", { change: 4 });
  await send("heartbeat", { change: "many" });
  await send("heartbeat", { change: 5 });
  expect(events).toEqual([{ type: "heartbeat", change: 5 }]);
  connection.stop();
});
