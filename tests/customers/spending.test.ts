import { expect, test } from "vitest";
import { averageMinor } from "../../app/customers/spending.ts";

test.each([
  ["3001", 2, 1501n],
  ["3000", 2, 1500n],
  ["100", 3, 33n],
  ["-5", 2, -3n],
  ["9007199254740993", 1, 9007199254740993n],
])("%s over %i orders is %s on average", (sum, count, average) => {
  expect(averageMinor(sum, count)).toBe(average);
});
