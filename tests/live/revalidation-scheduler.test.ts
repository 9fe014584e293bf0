import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RevalidationScheduler } from "../../app/live/revalidation-scheduler.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A scheduler whose reads last `lastsMs`; without it they last until the test ends them. */
function start(lastsMs?: number) {
  const starts: number[] = [];
  const scheduler = new RevalidationScheduler(() => {
    starts.push(performance.now());
    if (lastsMs !== undefined) setTimeout(() => scheduler.finished(), lastsMs);
  });
  return { scheduler, starts };
}

test("the first change is read at once", () => {
  const { scheduler, starts } = start();
  scheduler.changed(1);
  expect(starts).toHaveLength(1);
});

test("every opened stream makes the screen read, even when its number says nothing new", () => {
  const { scheduler, starts } = start(10);
  scheduler.connected(5);
  vi.advanceTimersByTime(1_000);
  scheduler.connected(5);
  vi.advanceTimersByTime(1_000);
  expect(starts).toHaveLength(2);
});

test("a burst of five hundred changes within two seconds costs a few reads, three a second at most", () => {
  const { scheduler, starts } = start(50);
  for (let change = 1; change <= 500; change += 1) {
    scheduler.changed(change);
    vi.advanceTimersByTime(4);
  }
  vi.advanceTimersByTime(5_000);
  expect(starts.length).toBeLessThanOrEqual(7);
  for (const [place, at] of starts.entries()) {
    if (place > 0) expect(at - (starts[place - 1] ?? 0)).toBeGreaterThanOrEqual(350);
  }
});

test("the last change of a burst is never left unread", () => {
  const { scheduler, starts } = start(50);
  scheduler.changed(1);
  vi.advanceTimersByTime(20);
  scheduler.changed(2);
  vi.advanceTimersByTime(5_000);
  expect(starts).toHaveLength(2);
});

test("two reads never overlap, however long one takes", () => {
  const { scheduler, starts } = start();
  scheduler.changed(1);
  scheduler.changed(2);
  vi.advanceTimersByTime(10_000);
  expect(starts).toHaveLength(1);
  scheduler.finished();
  expect(starts).toHaveLength(2);
});

test("a heartbeat whose number has been read asks for nothing", () => {
  const { scheduler, starts } = start(10);
  scheduler.connected(7);
  vi.advanceTimersByTime(1_000);
  scheduler.changed(7);
  vi.advanceTimersByTime(1_000);
  expect(starts).toHaveLength(1);
});

test("a heartbeat with a higher number finds what a lost hint would have told", () => {
  const { scheduler, starts } = start(10);
  scheduler.connected(7);
  vi.advanceTimersByTime(1_000);
  scheduler.changed(8);
  expect(starts).toHaveLength(2);
});

test("a change heard while a read is under way is not covered by it", () => {
  const { scheduler, starts } = start();
  scheduler.connected(7);
  scheduler.changed(8);
  vi.advanceTimersByTime(1_000);
  scheduler.finished();
  expect(starts).toHaveLength(2);
});

test("a change heard before a read began is covered by it", () => {
  const { scheduler, starts } = start();
  scheduler.connected(8);
  scheduler.changed(8);
  vi.advanceTimersByTime(1_000);
  scheduler.finished();
  expect(starts).toHaveLength(1);
});

test("a read that failed covers nothing and is tried again after two seconds, not sooner", () => {
  const { scheduler, starts } = start();
  scheduler.changed(3);
  scheduler.finished(false);
  vi.advanceTimersByTime(1_900);
  expect(starts).toHaveLength(1);
  vi.advanceTimersByTime(200);
  expect(starts).toHaveLength(2);
  scheduler.finished();
  vi.advanceTimersByTime(10_000);
  scheduler.changed(3);
  expect(starts).toHaveLength(2);
});

test("a read that never ends does not block the next one for ever", () => {
  const { scheduler, starts } = start();
  scheduler.changed(1);
  scheduler.changed(2);
  vi.advanceTimersByTime(18_000);
  expect(starts).toHaveLength(2);
});

test("a stopped scheduler reads nothing more, also when the read under way fails", () => {
  const { scheduler, starts } = start();
  scheduler.changed(1);
  scheduler.changed(2);
  scheduler.stop();
  scheduler.finished(false);
  scheduler.changed(3);
  vi.advanceTimersByTime(60_000);
  expect(starts).toHaveLength(1);
});
