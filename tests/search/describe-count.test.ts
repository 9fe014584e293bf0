import { expect, test } from "vitest";
import { describeCount } from "../../app/search/describe-count.ts";

test.each([
  [0, true, "0 customers"],
  [1, true, "1 customer"],
  [1_234, true, "1,234 customers"],
  [10_001, false, "about 10,000 customers"],
  [123_456, false, "about 120,000 customers"],
  [999_900, false, "about 1 M customers"],
  [1_234_567, false, "about 1.2 M customers"],
])("%i (exact: %s) reads %s", (count, exact, text) => {
  expect(describeCount({ count, exact }, "customer", "customers")).toBe(text);
});
