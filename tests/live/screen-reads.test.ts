import { expect, test } from "vitest";
import { beginLoaderRead, onScreenRead } from "../../app/live/screen-reads.ts";

test("a screen has been read when the last of its loaders has answered", () => {
  const reads: boolean[] = [];
  const stop = onScreenRead((complete) => reads.push(complete));
  const [first, second] = [beginLoaderRead(), beginLoaderRead()];
  first(true);
  expect(reads).toEqual([]);
  second(true);
  expect(reads).toEqual([true]);
  stop();
});

test("one loader without an answer makes the read incomplete, and only that read", () => {
  const reads: boolean[] = [];
  const stop = onScreenRead((complete) => reads.push(complete));
  const [first, second] = [beginLoaderRead(), beginLoaderRead()];
  first(false);
  second(true);
  beginLoaderRead()(true);
  expect(reads).toEqual([false, true]);
  stop();
});
