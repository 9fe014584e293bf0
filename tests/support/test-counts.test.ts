import { expect, test } from "vitest";
import { countPlaywright, countReport, countVitest } from "./test-counts.ts";

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, success: true };
const playwright = { stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

test("a clean report counts its tests", () => {
  expect(countVitest(vitest)).toEqual({ passed: 3, failed: 0 });
  expect(countPlaywright(playwright)).toEqual({ passed: 3, failed: 0 });
});

test("a skipped, a todo and a flaky test count as failed", () => {
  expect(countVitest({ ...vitest, numPendingTests: 1, numTodoTests: 1 })).toEqual({ passed: 3, failed: 2 });
  expect(
    countPlaywright({ ...playwright, stats: { expected: 1, unexpected: 0, flaky: 1, skipped: 1 } }),
  ).toEqual({
    passed: 1,
    failed: 2,
  });
});

test("a run without a test, an error outside a test and a missing report are failures", () => {
  expect(countVitest({ ...vitest, numPassedTests: 0 }).failed).toBe(1);
  expect(countVitest({ ...vitest, success: false }).failed).toBe(1);
  expect(countPlaywright({ ...playwright, errors: ["setup"] }).failed).toBe(1);
  expect(countReport("/nowhere/report.json", countVitest)).toEqual({ passed: 0, failed: 1 });
});
