import { expect, test } from "vitest";
import { formatPercent } from "../../app/invoices/accounting-columns.ts";
import { monthOf, parsePeriod, periodChoices, readPeriod } from "../../app/invoices/accounting-period.ts";

test("the periods that are offered end on their last day, across years and leap years", () => {
  const { months, quarters, years } = periodChoices("2028-03-31");
  expect(months.slice(0, 4)).toEqual([
    { label: "March 2028", value: "2028-03-01..2028-03-31" },
    { label: "February 2028", value: "2028-02-01..2028-02-29" },
    { label: "January 2028", value: "2028-01-01..2028-01-31" },
    { label: "December 2027", value: "2027-12-01..2027-12-31" },
  ]);
  expect(quarters.slice(0, 2)).toEqual([
    { label: "Quarter 1 of 2028", value: "2028-01-01..2028-03-31" },
    { label: "Quarter 4 of 2027", value: "2027-10-01..2027-12-31" },
  ]);
  expect(years[1]).toEqual({ label: "2027", value: "2027-01-01..2027-12-31" });
  expect(monthOf("2028-02-05")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
  expect(monthOf("2027-12-31")).toEqual({ from: "2027-12-01", to: "2027-12-31" });
});

test.each([
  "",
  "2026-02-30..2026-03-01",
  "2026-03-02..2026-03-01",
  "2016-01-01..2026-01-01",
  "2026-01-01",
  "2026-01-01..2026-01-02..2026-01-03",
  "null..undefined",
])("%j is no period", (text) => {
  expect(parsePeriod(text)).toBeNull();
});

test("two days of one's own are a period, and days in the wrong order are told", () => {
  const form = (fields: Record<string, string>) => readPeriod(new URLSearchParams(fields));
  expect(form({ period: "custom", from: "2026-02-10", to: "2026-02-12" })).toEqual({
    outcome: "asked",
    period: { from: "2026-02-10", to: "2026-02-12" },
  });
  expect(form({ period: "custom", from: "2026-02-13", to: "2026-02-12" })).toMatchObject({
    outcome: "invalid",
  });
  expect(form({ from: "2026-02-10" })).toEqual({ outcome: "nothing" });
});

test.each([
  ["0.19", "19"],
  ["0.0725", "7.25"],
  ["0.05", "5"],
  ["0.2", "20"],
  ["1", "100"],
  ["0", "0"],
  ["0.00625", "0.625"],
])("a rate of %s is %s percent", (rate, percent) => {
  expect(formatPercent(rate)).toBe(percent);
});
