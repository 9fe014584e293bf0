import { expect, test } from "vitest";
import { nextSequence } from "../../app/invoices/running-series.ts";

const pattern = { prefix: "INV-{YYYY}-", padding: 4, yearly: true, start: 1 };

test("the next number follows the last of its own series; the first starts where it says, the next year at 1", () => {
  const series = [
    { year: 2025, lastSequence: 93 },
    { year: 0, lastSequence: 5 },
  ];
  expect(nextSequence({ ...pattern, start: 41 }, series, 2025)).toBe(94);
  expect(nextSequence({ ...pattern, start: 41 }, series, 2026)).toBe(1);
  expect(nextSequence({ ...pattern, start: 41 }, [], 2026)).toBe(41);
  expect(nextSequence({ ...pattern, yearly: false }, series, 2026)).toBe(6);
});
