import fc from "fast-check";
import { expect, test } from "vitest";
import { currencyExponent, formatDecimal, formatMoney, parseMinor } from "../app/money.ts";

test.each([
  ["12.50", "EUR", 1250n],
  ["12.5", "EUR", 1250n],
  ["-0.01", "USD", -1n],
  ["20", "VND", 20n],
  ["20.00", "JPY", 20n],
  ["1.234", "KWD", 1234n],
  [30, "EUR", 3000n],
  ["92233720368547758.07", "EUR", 9223372036854775807n],
] as const)("%s %s is %s minor units", (amount, currency, minor) => {
  expect(parseMinor(amount, currency)).toBe(minor);
});

test.each([["1,5"], ["1e3"], [""], ["NaN"], ["0x10"], ["1.2.3"]])("%j is refused", (amount) => {
  expect(() => parseMinor(amount, "EUR")).toThrow(RangeError);
});

test("a fraction that the currency cannot hold is refused, not dropped", () => {
  expect(() => parseMinor("1.50", "JPY")).toThrow(RangeError);
  expect(() => parseMinor("1.005", "EUR")).toThrow(RangeError);
});

test("what is written is read back as the same amount, in every currency and size", () => {
  const currencies = fc.constantFrom("EUR", "JPY", "KWD", "CLF", "XXX");
  fc.assert(
    fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), currencies, (minor, currency) => {
      expect(parseMinor(formatDecimal(minor, currency), currency)).toBe(minor);
    }),
  );
});

test("people read amounts with the currency's own decimals, exactly", () => {
  expect(formatMoney(1250n, "EUR")).toBe("€12.50");
  expect(formatMoney("1250", "JPY")).toBe("¥1,250");
  expect([formatMoney("-1250", "EUR"), formatMoney(-1250n, "EUR", "de")]).toEqual([
    "−€12.50",
    "−12,50\u00a0€",
  ]);
  expect(formatMoney(9007199254740993n, "USD")).toBe("$90,071,992,547,409.93");
  expect(currencyExponent("KWD")).toBe(3);
});
