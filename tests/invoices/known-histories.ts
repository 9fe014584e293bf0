import type { Story } from "./order-story.ts";

/** Histories that ended wrong once, each with what a person credited before each step. */

type Credit = { by: "lines"; line: number; quantity: number } | { by: "amount"; percent: number } | null;

export const knownHistories: [Story, Credit[]][] = [
  // The rounding line outlived everything that it was of, by a credit ahead of Shopify.
  [
    {
      seed: 42294679,
      shopCurrency: "KWD",
      presentmentCurrency: "GBP",
      sameCurrency: false,
      taxesIncluded: false,
      rounding: "document",
      lines: [
        { priceMinor: 63062, quantity: 6, rates: [0.04, 0.04875] },
        { priceMinor: 345285, quantity: 3, rates: [0.2] },
        { priceMinor: 246134, quantity: 7, rates: [0.19] },
      ],
      shippingMinor: 110,
      shippingRates: [0.04, 0.04875],
      discountPercent: 10,
      happenings: [
        { kind: "remove", line: 0, quantity: 1 },
        { kind: "refund", line: 1, quantity: 2 },
        { kind: "remove", line: 5, quantity: 3 },
        { kind: "refund_shipping" },
      ],
    },
    [
      { by: "amount", percent: 66 },
      { by: "amount", percent: 77 },
      { by: "lines", line: 5, quantity: 1 },
      { by: "amount", percent: 2 },
      { by: "lines", line: 0, quantity: 2 },
    ],
  ],
  // The same with nothing left at all.
  [
    {
      seed: 2116430891,
      shopCurrency: "EUR",
      presentmentCurrency: "JPY",
      sameCurrency: true,
      taxesIncluded: false,
      rounding: "document",
      lines: [
        { priceMinor: 80578, quantity: 5, rates: [0.07] },
        { priceMinor: 359682, quantity: 1, rates: [0.05, 0.09975] },
        { priceMinor: 399711, quantity: 3, rates: [0.05, 0.09975] },
      ],
      shippingMinor: 1026,
      shippingRates: [0.19],
      discountPercent: 0,
      happenings: [
        { kind: "refund_shipping" },
        { kind: "refund", line: 5, quantity: 1 },
        { kind: "remove", line: 5, quantity: 2 },
        { kind: "remove", line: 5, quantity: 1 },
      ],
    },
    [
      { by: "amount", percent: 100 },
      { by: "amount", percent: 1 },
      { by: "lines", line: 2, quantity: 2 },
      { by: "amount", percent: 83 },
      { by: "amount", percent: 2 },
    ],
  ],
  // A credit by lines taxed the lines together with a refund by amount beside them.
  [
    {
      seed: 197904558,
      shopCurrency: "KWD",
      presentmentCurrency: "USD",
      sameCurrency: true,
      taxesIncluded: true,
      rounding: "document",
      lines: [{ priceMinor: 90257, quantity: 1, rates: [0.07] }],
      shippingMinor: 1009,
      shippingRates: [0.07],
      discountPercent: 33,
      happenings: [
        { kind: "refund", line: 3, quantity: 2 },
        { kind: "more", line: 1, quantity: 1 },
      ],
    },
    [
      { by: "amount", percent: 24 },
      { by: "lines", line: 0, quantity: 3 },
      { by: "lines", line: 0, quantity: 1 },
      { by: "amount", percent: 91 },
      { by: "lines", line: 4, quantity: 2 },
    ],
  ],
  // All that was left was credited, but for a tax whose amount was gone already.
  [
    {
      seed: 1430207111,
      shopCurrency: "JPY",
      presentmentCurrency: "KWD",
      sameCurrency: false,
      taxesIncluded: true,
      rounding: "document",
      lines: [
        { priceMinor: 295122, quantity: 6, rates: [0.2] },
        { priceMinor: 241834, quantity: 3, rates: [0.0725] },
        { priceMinor: 258305, quantity: 4, rates: [] },
        { priceMinor: 401579, quantity: 1, rates: [0.19] },
      ],
      shippingMinor: 136,
      shippingRates: [],
      discountPercent: 3,
      happenings: [
        { kind: "add", add: { priceMinor: 422132, quantity: 3, rates: [0.19] } },
        { kind: "refund", line: 3, quantity: 3 },
      ],
    },
    [
      { by: "amount", percent: 80 },
      { by: "lines", line: 2, quantity: 2 },
      { by: "amount", percent: 100 },
      { by: "amount", percent: 24 },
      { by: "lines", line: 0, quantity: 2 },
    ],
  ],
];
