import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LiveEvent } from "../../app/live/live-event.ts";
import type { LiveStatus } from "../../app/live/live-status.ts";
import { shareLiveUpdates } from "../../app/live/share-live-updates.ts";

/** What a browser has and Node has not; the lock and the channel between tabs are Node's own. */
beforeEach(() => {
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const encoder = new TextEncoder();

/** A stream that says what the test wants. */
function openStream() {
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (given) => {
      controller = given;
    },
  });
  return {
    response: new Response(body),
    say: (event: string, data: object) =>
      controller?.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
  };
}

/** A tab of one browser, with what it has heard and shows. */
function openTab(name: string) {
  const stream = openStream();
  const events: LiveEvent["type"][] = [];
  const statuses: LiveStatus[] = [];
  let opened = 0;
  const close = shareLiveUpdates({
    name,
    open: async () => {
      opened += 1;
      return stream.response;
    },
    onEvent: ({ type }) => events.push(type),
    onStatus: (status) => statuses.push(status),
  });
  return { ...stream, events, close, opened: () => opened, status: () => statuses.at(-1) };
}

test("a tab that was sent away stays so when another one follows the shop again", async () => {
  const name = `shop ${crypto.randomUUID()}`;
  const leader = openTab(name);
  await expect.poll(leader.opened).toBe(1);
  const follower = openTab(name);
  leader.say("hello", { change: 1 });
  await expect.poll(() => follower.status()?.state).toBe("live");
  leader.say("ended", {});
  await expect.poll(() => follower.status()?.ended).toBe(true);
  const heard = follower.events.length;

  // The first tab installs the app again: its page is left, and a new one opens.
  leader.close();
  const again = openTab(name);
  await expect.poll(again.opened).toBe(1);
  again.say("hello", { change: 2 });
  await expect.poll(() => again.status()?.state).toBe("live");
  const witness = openTab(name);
  await expect.poll(() => witness.status()?.state).toBe("live");

  expect(follower.status()?.ended).toBe(true);
  expect(follower.events).toHaveLength(heard);
  expect(follower.opened()).toBe(0);
  for (const tab of [follower, again, witness]) tab.close();
});
