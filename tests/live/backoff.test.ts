import { expect, test } from "vitest";
import { backoffMs } from "../../app/live/backoff.ts";

test("the first try comes after half a second to a second", () => {
  expect(backoffMs(0, () => 0)).toBe(500);
  expect(backoffMs(0, () => 1)).toBe(1_000);
});

test("the wait doubles with every failure and never exceeds fifteen seconds", () => {
  const longest = [1, 2, 3, 4, 20, 2_000].map((failures) => backoffMs(failures, () => 1));
  expect(longest).toEqual([2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
});

test("screens that were cut off together do not come back together", () => {
  const waits = Array.from({ length: 50 }, () => Math.round(backoffMs(4)));
  expect(new Set(waits).size).toBeGreaterThan(40);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(500);
});
