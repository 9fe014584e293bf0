import { expect, test } from "vitest";
import {
  describePeriod,
  describeTimeTrend,
  describeTrend,
  formatDuration,
  nameBefore,
} from "../../app/dashboard/describe-trend.ts";
import { parsePeriod, presetPeriod } from "../../app/dashboard/period.ts";

test.each([
  [12n, 10n, "up", "20% more than yesterday"],
  [9n, 10n, "down", "10% less than yesterday"],
  [0n, 3n, "down", "100% less than yesterday"],
  [1_001n, 1_000n, "up", "Less than 1% more than yesterday"],
  [3n, 0n, "up", "None yesterday"],
  [5n, 5n, "same", "The same as yesterday"],
  [12_345_678_901_234_567_890n, 12_345_678_901_234_567n, "up", "99,900% more than yesterday"],
])("%d after %d is told with a direction and in words", (now, before, direction, words) => {
  expect(describeTrend(now, before, "yesterday")).toEqual({ direction, words });
});

test("nothing after nothing is not worth a word", () => {
  expect(describeTrend(0n, 0n, "yesterday")).toBeNull();
});

test("a time is longer or shorter by so much, and as long when it reads the same", () => {
  expect(describeTimeTrend(7_200, 3_600, "yesterday").words).toBe("1 h longer than yesterday");
  expect(describeTimeTrend(3_600, 7_260, "yesterday").words).toBe("1 h 1 min shorter than yesterday");
  expect(describeTimeTrend(3_601, 3_600, "yesterday")).toEqual({
    direction: "same",
    words: "As long as yesterday",
  });
});

test.each([
  [0, "under a minute"],
  [29, "under a minute"],
  [60, "1 min"],
  [3_599, "1 h"],
  [3_600 * 5 + 720, "5 h 12 min"],
  [3_600 * 48, "2 days"],
  [86_400 * 3 + 3_600 * 4, "3 days 4 h"],
])("%d seconds are %j", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test("the days before are named after the period", () => {
  const today = "2026-11-25";
  expect(nameBefore(presetPeriod("today", today))).toBe("yesterday");
  expect(nameBefore(presetPeriod("30d", today))).toBe("in the 30 days before");
  expect(nameBefore(presetPeriod("month", today))).toBe("in the same days of last month");
  expect(nameBefore(presetPeriod("all", today))).toBeNull();
  const chosen = (text: string) => nameBefore(parsePeriod(new URLSearchParams(text), today));
  expect(chosen("from=2026-11-01&to=2026-11-01")).toBe("on the day before");
  expect(chosen("from=2026-11-01&to=2026-11-20")).toBe("in the 20 days before");
  expect(describePeriod(presetPeriod("all", today))).toBe("All time");
});
