import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quoteShipping, type ShippingRate, type WeightStep } from "../../app/shipping/shipping-rate.ts";

const steps: WeightStep[] = [
  { upToGrams: 1000, feeMinor: "490" },
  { upToGrams: 5000, feeMinor: "790" },
];
const rate = (fields: Partial<ShippingRate> = {}): ShippingRate => ({
  currency: "EUR",
  flatFeeMinor: "600",
  freeFromMinor: "5000",
  weightSteps: steps,
  ...fields,
});
const parcel = (subtotalMinor: string, weightGrams: number | null, currency = "EUR") => ({
  subtotalMinor,
  weightGrams,
  currency,
});

describe("which rule applies", () => {
  test.each([
    ["below the threshold the weight decides", "4999", 500, "weight", "490"],
    ["the threshold itself is free", "5000", 500, "free", "0"],
    ["a step holds its own weight", "100", 1000, "weight", "490"],
    ["a gram more is the next step", "100", 1001, "weight", "790"],
    ["no weight at all is a weight", "100", 0, "weight", "490"],
    ["heavier than the last step: the flat fee", "100", 5001, "flat", "600"],
    ["an unknown weight: the flat fee", "100", null, "flat", "600"],
    ["free does not ask for the weight", "5000", null, "free", "0"],
  ] as const)("%s", (_, subtotal, grams, rule, feeMinor) => {
    expect(quoteShipping(rate(), parcel(subtotal, grams))).toMatchObject({ rule, feeMinor });
  });

  test("an open last step holds for any heavier order", () => {
    const open = rate({ weightSteps: [...steps, { upToGrams: null, feeMinor: "1990" }] });
    expect(quoteShipping(open, parcel("100", 5001))).toMatchObject({ rule: "weight", feeMinor: "1990" });
  });

  test("a threshold of zero makes everything free", () => {
    expect(quoteShipping(rate({ freeFromMinor: "0" }), parcel("0", null)).rule).toBe("free");
  });

  test("without a flat fee what no step holds has no fee, and the reason says so", () => {
    const quote = quoteShipping(rate({ flatFeeMinor: null }), parcel("100", 5001));
    expect(quote).toEqual({
      rule: null,
      feeMinor: null,
      why: "It weighs 5.001 kg, more than the last step of 5 kg.",
    });
  });

  test("an order in another currency has no fee, however much it costs", () => {
    const quote = quoteShipping(rate(), parcel("999999", 10, "USD"));
    expect(quote).toMatchObject({ rule: null, feeMinor: null });
    expect(quote.why).toBe("The rate is in EUR and the order in USD, so it does not apply.");
  });

  test("a rate without rules has no fee", () => {
    const nothing = rate({ flatFeeMinor: null, freeFromMinor: null, weightSteps: [] });
    expect(quoteShipping(nothing, parcel("100", 10)).rule).toBeNull();
  });
});

describe("the reason is a sentence with the numbers that decided", () => {
  test.each([
    ["5000", 1, "The subtotal of €50.00 has reached €50.00, from where shipping is free."],
    ["100", 700, "It weighs 700 g, which is within the step up to 1 kg."],
    [
      "100",
      null,
      "The order's weight is not known, so no weight step applies. So the flat fee applies. Shipping is free from €50.00 on.",
    ],
  ] as const)("%s at %s g", (subtotal, grams, why) => {
    expect(quoteShipping(rate(), parcel(subtotal, grams)).why).toBe(why);
  });
});

test("for any rate and parcel exactly one rule answers, and the fee is that rule's own", () => {
  const minor = fc.bigInt({ min: 0n, max: 1_000_000n }).map(String);
  const maybe = fc.option(minor, { nil: null });
  const anySteps = fc
    .uniqueArray(fc.integer({ min: 0, max: 20_000 }), { maxLength: 5 })
    .chain((weights) =>
      fc.tuple(
        ...weights
          .sort((left, right) => left - right)
          .map((upToGrams) => minor.map((feeMinor) => ({ upToGrams, feeMinor }))),
      ),
    );
  const anyRate = fc.record({
    currency: fc.constantFrom("EUR", "JPY"),
    flatFeeMinor: maybe,
    freeFromMinor: maybe,
    weightSteps: anySteps,
  });
  const anyParcel = fc.record({
    subtotalMinor: minor,
    weightGrams: fc.option(fc.integer({ min: 0, max: 25_000 }), { nil: null }),
    currency: fc.constantFrom("EUR", "JPY"),
  });
  fc.assert(
    fc.property(anyRate, anyParcel, (any, one) => {
      const { rule, feeMinor, why } = quoteShipping(any, one);
      const sameCurrency = any.currency === one.currency;
      const free = any.freeFromMinor !== null && BigInt(one.subtotalMinor) >= BigInt(any.freeFromMinor);
      const step = any.weightSteps.find(
        ({ upToGrams }) => one.weightGrams !== null && one.weightGrams <= upToGrams,
      );
      const expected = !sameCurrency
        ? [null, null]
        : free
          ? ["free", "0"]
          : step
            ? ["weight", step.feeMinor]
            : any.flatFeeMinor !== null
              ? ["flat", any.flatFeeMinor]
              : [null, null];
      expect([rule, feeMinor]).toEqual(expected);
      expect(why).toMatch(/\.$/);
    }),
  );
});

test("a heavier parcel never costs less, where the steps and the flat fee above them rise", () => {
  const rising = rate({ freeFromMinor: null, flatFeeMinor: "990" });
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), (one, other) => {
      const [light, heavy] = [Math.min(one, other), Math.max(one, other)];
      const fee = (grams: number) => BigInt(quoteShipping(rising, parcel("1", grams)).feeMinor ?? "0");
      expect(fee(light) <= fee(heavy)).toBe(true);
    }),
  );
});
