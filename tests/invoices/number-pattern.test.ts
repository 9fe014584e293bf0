import { expect, test } from "vitest";
import { findPatternError, formatNumber, nextSequence } from "../../app/invoices/number-pattern.ts";

const pattern = { prefix: "INV-{YYYY}-", padding: 4, yearly: true, start: 1 };

test("a number is its prefix with the year and as many digits as asked, or more", () => {
  expect(formatNumber(pattern, 2026, 7n)).toBe("INV-2026-0007");
  expect(formatNumber({ ...pattern, prefix: "{YY}/" }, 2026, 12_345n)).toBe("26/12345");
});

test("the next number follows the last of its own series, a new series starts where it says", () => {
  const series = [
    { year: 2025, lastSequence: "93" },
    { year: 0, lastSequence: "5" },
  ];
  expect(nextSequence({ ...pattern, start: 41 }, series, 2025)).toBe(94n);
  expect(nextSequence({ ...pattern, start: 41 }, series, 2026)).toBe(41n);
  expect(nextSequence({ ...pattern, yearly: false }, series, 2026)).toBe(6n);
});

test("a pattern that would give a number twice is refused", () => {
  expect(findPatternError({ ...pattern, prefix: "INV-" })).toContain("need the year");
  expect(findPatternError({ ...pattern, prefix: "INV-", yearly: false })).toBeNull();
  expect(findPatternError({ ...pattern, prefix: "{YYYY}-1" })).toContain("ends with a digit");
  expect(findPatternError({ ...pattern, prefix: "{MM}-{YYYY}-" })).toContain("Only {YYYY}");
  expect(findPatternError(pattern)).toBeNull();
});
