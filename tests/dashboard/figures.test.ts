import { expect, test } from "vitest";
import { daysOfStep, type FigureRow, summariseFigures } from "../../app/dashboard/figures.ts";
import { parsePeriod, presetPeriod } from "../../app/dashboard/period.ts";

const today = "2026-11-25";
const waiting = { needs_review: "0", ever_ordered: true };

const row = (fields: Partial<FigureRow>): FigureRow => ({
  now: true,
  step: today,
  currency: "EUR",
  status: "CONFIRMED",
  orders: "1",
  total_minor: "100",
  undelivered: "1",
  delivered: "0",
  delivery_seconds: "0",
  shipped: "0",
  ship_seconds: "0",
  ...fields,
});

test("every day of the period has its point, also those without orders", () => {
  const { steps } = summariseFigures([row({})], waiting, presetPeriod("7d", today), "EUR");
  expect(steps.map(({ day }) => day)).toEqual([19, 20, 21, 22, 23, 24, 25].map((day) => `2026-11-${day}`));
  expect(steps.map(({ byStatus }) => byStatus.CONFIRMED)).toEqual([0, 0, 0, 0, 0, 0, 1]);
});

test("a year's points are weeks that begin on Monday; its first and last reach only to the year's edge", () => {
  const period = presetPeriod("year", today);
  const { steps } = summariseFigures([row({ step: "2026-11-23" })], waiting, period, "EUR");
  expect([steps[0]?.day, steps[1]?.day, steps.at(-1)?.day]).toEqual([
    "2025-12-29",
    "2026-01-05",
    "2026-11-23",
  ]);
  expect(daysOfStep("2025-12-29", period)).toEqual({ from: "2026-01-01", to: "2026-01-04" });
  expect(daysOfStep("2026-11-23", period)).toEqual({ from: "2026-11-23", to: "2026-11-25" });
});

test("years without orders at either end are not drawn, the months between are", () => {
  const period = parsePeriod(new URLSearchParams("from=1900-01-01&to=2999-12-31"), today);
  const rows = [row({ step: "2026-02-01" }), row({ step: "2025-11-01" })];
  const { steps } = summariseFigures(rows, waiting, period, "EUR");
  expect(steps.map(({ day }) => day)).toEqual(["2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"]);
  expect(daysOfStep("2026-02-01", period)).toEqual({ from: "2026-02-01", to: "2026-02-28" });
});

test("a period without orders has no points", () => {
  expect(summariseFigures([], waiting, presetPeriod("30d", today), "EUR").steps).toEqual([]);
});

test("where nothing is known to have arrived, the time to ship stands in, and says so", () => {
  const shipped = row({ status: "SHIPPED", shipped: "2", ship_seconds: "7200" });
  const read = (rows: FigureRow[]) =>
    summariseFigures(rows, waiting, presetPeriod("30d", today), "EUR").now.averageTime;
  expect(read([shipped])).toEqual({ kind: "shipping", seconds: 3_600, orders: 2 });
  expect(read([shipped, row({ delivered: "1", delivery_seconds: "86400" })])).toEqual({
    kind: "delivery",
    seconds: 86_400,
    orders: 1,
  });
  expect(read([row({})])).toBeNull();
});

test("amounts beyond what a float holds are summed to the cent", () => {
  const rows = [row({ total_minor: "9007199254740993" }), row({ total_minor: "2", status: "PENDING" })];
  const { now } = summariseFigures(rows, waiting, presetPeriod("30d", today), "EUR");
  expect(now.revenue).toEqual([{ currency: "EUR", totalMinor: "9007199254740995" }]);
});
