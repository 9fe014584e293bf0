import fc from "fast-check";
import { expect, test } from "vitest";
import {
  parseTypedParcel,
  parseTypedRate,
  type TypedRate,
  toTypedRate,
} from "../../app/shipping/rate-form.ts";
import { withStepChange } from "../../app/shipping/rate-steps.ts";
import { formatKilograms, parseKilograms } from "../../app/shipping/weight.ts";

const typed = (fields: Partial<TypedRate> = {}): TypedRate => ({
  flatFee: "",
  freeFrom: "",
  steps: [],
  ...fields,
});

test("steps are sorted, blank rows do not count, and amounts are read in the shop's currency", () => {
  const { rate } = parseTypedRate(
    typed({
      flatFee: "6",
      freeFrom: "50.00",
      steps: [
        { upTo: "", fee: "19.9" },
        { upTo: "5", fee: "7.90" },
        { upTo: "", fee: "" },
        { upTo: "0.5", fee: "0" },
      ],
    }),
    "EUR",
  );
  expect(rate).toEqual({
    currency: "EUR",
    flatFeeMinor: "600",
    freeFromMinor: "5000",
    weightSteps: [
      { upToGrams: 500, feeMinor: "0" },
      { upToGrams: 5000, feeMinor: "790" },
      { upToGrams: null, feeMinor: "1990" },
    ],
  });
});

test.each([
  ["a comma", typed({ flatFee: "4,90" }), "flatFee"],
  ["a negative fee", typed({ flatFee: "-1" }), "flatFee"],
  ["more than a column holds", typed({ freeFrom: "9".repeat(30) }), "freeFrom"],
  ["a step without a fee", typed({ steps: [{ upTo: "1", fee: " " }] }), "step.0.fee"],
  ["a weight that is none", typed({ steps: [{ upTo: "heavy", fee: "1" }] }), "step.0.upTo"],
  ["less than a gram", typed({ steps: [{ upTo: "0.0001", fee: "1" }] }), "step.0.upTo"],
  [
    "two steps up to one weight",
    typed({
      steps: [
        { upTo: "1", fee: "1" },
        { upTo: "1.0", fee: "2" },
      ],
    }),
    "step.1.upTo",
  ],
  [
    "two open steps",
    typed({
      steps: [
        { upTo: "", fee: "1" },
        { upTo: "", fee: "2" },
      ],
    }),
    "step.1.upTo",
  ],
  [
    "too many steps",
    typed({ steps: Array.from({ length: 21 }, (_, at) => ({ upTo: `${at + 1}`, fee: "1" })) }),
    "steps",
  ],
])("%s is refused at its field", (_, form, field) => {
  const { rate, errors } = parseTypedRate(form, "EUR");
  expect(rate).toBeNull();
  expect(Object.keys(errors)).toEqual([field]);
});

test("yen have no decimals, and the refusal says so", () => {
  expect(parseTypedRate(typed({ flatFee: "4.90" }), "JPY").errors.flatFee).toBe(
    "Write an amount in JPY without decimals, like 5.",
  );
});

test("what is stored comes back from the form as it was", () => {
  const minor = fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n }).map(String), { nil: null });
  const weightSteps = fc.uniqueArray(fc.integer({ min: 0, max: 999_999_999 }), { maxLength: 6 }).map((all) =>
    all
      .sort((left, right) => left - right)
      .map((upToGrams, at) => ({
        upToGrams: at === all.length - 1 ? null : upToGrams,
        feeMinor: String(at),
      })),
  );
  fc.assert(
    fc.property(
      fc.constantFrom("EUR", "JPY", "KWD"),
      minor,
      minor,
      weightSteps,
      (currency, flat, free, steps) => {
        const rate = { currency, flatFeeMinor: flat, freeFromMinor: free, weightSteps: steps };
        expect(parseTypedRate(toTypedRate(rate, currency), currency).rate).toEqual(rate);
      },
    ),
  );
});

test("a rate of another currency leaves the form blank", () => {
  const rate = { currency: "EUR", flatFeeMinor: "100", freeFromMinor: null, weightSteps: [] };
  expect(toTypedRate(rate, "USD")).toEqual(typed());
});

test("garbage in the form never throws", () => {
  const text = fc.string({ unit: "binary" });
  const any = fc.record({
    flatFee: text,
    freeFrom: text,
    steps: fc.array(fc.record({ upTo: text, fee: text })),
  });
  fc.assert(
    fc.property(any, fc.constantFrom("EUR", "JPY"), (form, currency) => {
      const { rate, errors } = parseTypedRate(form, currency);
      expect(rate === null).toBe(Object.keys(errors).length > 0);
      parseTypedParcel({ subtotal: form.flatFee, weight: form.freeFrom }, currency);
    }),
  );
});

test("a step is added at the end, and removed where its button stands", () => {
  const two = typed({
    steps: [
      { upTo: "1", fee: "a" },
      { upTo: "2", fee: "b" },
    ],
  });
  expect(withStepChange(two, "remove-step.0").steps).toEqual([{ upTo: "2", fee: "b" }]);
  expect(withStepChange(two, "add-step").steps).toHaveLength(3);
  expect(withStepChange(two, "save")).toEqual(two);
});

test.each([
  ["1.5", 1500, "1.5"],
  ["0.001", 1, "0.001"],
  ["2.000", 2000, "2"],
  ["0", 0, "0"],
] as const)("%s kg are %d g, shown as %s", (text, grams, shown) => {
  expect(parseKilograms(text)).toBe(grams);
  expect(formatKilograms(grams)).toBe(shown);
});
