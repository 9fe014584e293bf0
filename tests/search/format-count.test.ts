import { expect, test } from "vitest";
import { formatCount } from "../../app/search/format-count.ts";

test.each([
  [0, true, "0 orders"],
  [1, true, "1 order"],
  [1_234, true, "1,234 orders"],
  [1_000_000, true, "1,000,000 orders"],
  [10_001, false, "about 10,000 orders"],
  [123_456, false, "about 120,000 orders"],
  [999_999, false, "about 1 M orders"],
  [1_249_000, false, "about 1.2 M orders"],
  [12_900_000, false, "about 13 M orders"],
])("%d, exact %s, is %s", (count, exact, text) => {
  expect(formatCount({ count, exact }, "order", "orders")).toBe(text);
});
