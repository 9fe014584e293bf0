import { expect, test } from "vitest";
import { interleave } from "./load/rounds.ts";
import { median, summarise } from "./load/samples.ts";
import { describeRounds, type Goal, judge } from "./report/section.ts";
import { type Measured, renderPage } from "./report/write-benchmarks.ts";

const goal = (seen: number | null, better: Goal["better"] = "higher"): Goal => ({
  what: "applied : peer",
  ...(better === "higher" ? { least: 2, goal: 3 } : { least: 3, goal: 2 }),
  seen,
  better,
});

test("a goal is met, met at least, missed or was not measured, whichever way is better", () => {
  expect([3, 2.5, 1.9, null, Number.NaN].map((seen) => judge(goal(seen)))).toEqual([
    "goal met",
    "met",
    "**missed**",
    "not measured",
    "not measured",
  ]);
  expect([2, 2.5, 3.1].map((seen) => judge(goal(seen, "lower")))).toEqual(["goal met", "met", "**missed**"]);
});

test("percentiles are samples that were taken, and a median of two is their mean", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(summarise(hundred)).toEqual({ p50: 50, p95: 95, p99: 99, max: 100 });
  expect([median([3, 1, 2]), median([4, 1]), median([7])]).toEqual([2, 2.5, 7]);
  expect(median([])).toBeNaN();
});

test("loud rounds are repeated and do not count; without a quiet one they count, and the page says so", async () => {
  const noise = [0.5, 0, 0.5, 0];
  const some = await interleave(
    ["ours"],
    2,
    async (_, round) => ({ steal: 0, others: noise[round - 1] ?? 0 }),
    0,
  );
  expect([some.counted.length, some.run, some.wasNoisy]).toEqual([2, 4, false]);
  const loud = await interleave(["ours"], 2, async () => ({ steal: 0.2, others: 0 }), 0);
  expect([loud.counted.length, loud.run, loud.wasNoisy]).toEqual([2, 2, true]);
  expect(describeRounds(loud)).toContain("**Measured under load**");
});

test("the page has every goal with its verdict and every section with where it comes from", () => {
  const section: Measured = {
    name: "ingest",
    title: "Ingest",
    words: ["Said."],
    goals: [goal(1.234)],
    tables: [{ head: ["", "a|b"], rows: [["ours", "1"]] }],
    wasNoisy: false,
    origin: {
      machine: "2 × CPU",
      database: "PostgreSQL 15",
      commit: "abc",
      measuredOn: "2026-11-25",
      command: "npm run bench",
      loadBefore: 0.4,
    },
  };
  const page = renderPage([section]);
  expect(page).toContain("| [applied : peer](#ingest) | 2 | 3 | 1.23 | **missed** |");
  expect(renderPage([{ ...section, wasNoisy: true }])).toContain("1.23 | **missed**, under load |");
  expect(page).toContain("|  | a\\|b |");
  expect(page).toContain("load 0.4 before it began. Commit abc");
});
