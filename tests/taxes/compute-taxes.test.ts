import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeTaxes, type TaxedAmount } from "../../app/taxes/compute-taxes.ts";
import { shareOut } from "../../app/taxes/round.ts";
import { taxesOn } from "../../app/taxes/tax-amount.ts";

const rates = [[], ["0"], ["0.19"], ["0.07"], ["0.081"], ["0.04", "0.04875"], ["0.05", "0.09975"]];

const document = fc.record({
  lines: fc.array(
    fc.record({
      amount: fc.bigInt({ min: -1_000_000n, max: 10n ** 12n }),
      rates: fc.constantFrom(...rates),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  included: fc.boolean(),
});

/** What is wrong with a document's taxes, in words. */
function findWrong(lines: TaxedAmount[], included: boolean, rounding: "line" | "document"): string[] {
  const computed = computeTaxes(lines, { included, rounding });
  const wrong: string[] = [];
  const total = (of: (line: (typeof computed.lines)[number]) => bigint) =>
    computed.lines.reduce((sum, line) => sum + of(line), 0n);
  if (computed.net + computed.tax !== computed.gross) wrong.push("net and tax are not the gross");
  if (total(({ net }) => net) !== computed.net) wrong.push("the lines' nets are not the net");
  if (total(({ taxes }) => taxes.reduce((sum, tax) => sum + tax, 0n)) !== computed.tax)
    wrong.push("the lines' taxes are not the tax");
  for (const [at, line] of computed.lines.entries()) {
    const side = included ? line.gross : line.net;
    if (side !== lines[at]?.amount) wrong.push("a line's amount changed");
    if (line.net + line.taxes.reduce((sum, tax) => sum + tax, 0n) !== line.gross)
      wrong.push("a line does not add up");
  }
  return [...wrong, ...findInexact(lines, computed.lines, included, rounding)];
}

/** A rate's tax on lines of the same rates lies within one unit of the exact product for each rounding made. */
function findInexact(
  lines: TaxedAmount[],
  computed: { taxes: bigint[] }[],
  included: boolean,
  rounding: "line" | "document",
): string[] {
  const groups = Map.groupBy(lines.keys(), (at) => lines[at]?.rates.join(" ") ?? "");
  return [...groups.values()].flatMap((indexes) => {
    const own = lines[indexes[0] ?? 0]?.rates ?? [];
    const millionths = own.map((rate) => BigInt(Math.round(Number(rate) * 1e6)));
    const all = millionths.reduce((sum, rate) => sum + rate, 0n);
    const whole = included ? 1_000_000n + all : 1_000_000n;
    const amount = indexes.reduce((sum, at) => sum + (lines[at]?.amount ?? 0n), 0n);
    const roundings = rounding === "line" ? BigInt(indexes.length) : 1n;
    return millionths.flatMap((rate, tax) => {
      const sum = indexes.reduce((all, at) => all + (computed[at]?.taxes[tax] ?? 0n), 0n);
      const off = sum * whole - amount * rate;
      const allowed = own.length > 1 && included ? 2n * whole * roundings : whole * roundings;
      return 2n * (off < 0n ? -off : off) > allowed ? [`a tax is off by ${off} / ${whole}`] : [];
    });
  });
}

describe("over 100,000 random documents", () => {
  for (const rounding of ["line", "document"] as const) {
    test(`lines plus taxes equal the total when rounding by ${rounding}`, () => {
      fc.assert(
        fc.property(document, ({ lines, included }) => findWrong(lines, included, rounding).length === 0),
        { numRuns: 50_000 },
      );
    }, 180_000);
  }
});

test("what is taken back is the mirror of what was charged", () => {
  fc.assert(
    fc.property(
      document,
      fc.constantFrom("line" as const, "document" as const),
      ({ lines, included }, rounding) => {
        const mirrored = lines.map(({ amount, rates }) => ({ amount: -amount, rates }));
        const [there, back] = [lines, mirrored].map((some) => computeTaxes(some, { included, rounding }));
        expect([back?.net, back?.tax, back?.gross].map((sum) => -(sum ?? 0n))).toEqual([
          there?.net,
          there?.tax,
          there?.gross,
        ]);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  ["half a cent is rounded up", 250n, ["0.01"], false, [3n]],
  ["below zero half a cent is rounded away from it", -250n, ["0.01"], false, [-3n]],
  ["19 % in 119.00", 11_900n, ["0.19"], true, [1_900n]],
  ["two rates of an American city", 9_999n, ["0.04", "0.04875"], false, [400n, 487n]],
  ["two rates inside one price go to the larger remainder", 10_000n, ["0.05", "0.09975"], true, [435n, 867n]],
  ["yen has no decimals, which changes nothing", 1_080n, ["0.08"], true, [80n]],
  ["nothing is charged at zero", 10_000n, ["0"], true, [0n]],
] as const)("%s", (_, amount, charged, included, taxes) => {
  expect(taxesOn(amount, [...charged], included)).toEqual(taxes);
});

test("rounding by document rounds the sum once, by line every line", () => {
  const lines = Array.from({ length: 3 }, () => ({ amount: 103n, rates: ["0.05"] }));
  const tax = (rounding: "line" | "document") => computeTaxes(lines, { included: false, rounding }).tax;
  expect(tax("line")).toBe(15n);
  expect(tax("document")).toBe(15n);
  const halves = lines.map((line) => ({ ...line, amount: 110n }));
  expect(computeTaxes(halves, { included: false, rounding: "line" }).tax).toBe(18n);
  expect(computeTaxes(halves, { included: false, rounding: "document" }).tax).toBe(17n);
});

test("shares by weight always sum to the whole, each within one unit of its exact part", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
      fc.array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 8 }),
      (total, weights) => {
        const shares = shareOut(total, weights);
        const whole = weights.reduce((sum, weight) => sum + weight, 0n);
        expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(total);
        for (const [at, weight] of weights.entries()) {
          const off = (shares[at] ?? 0n) * whole - total * weight;
          expect((off < 0n ? -off : off) <= whole || whole === 0n).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("a rate that is no decimal number is refused", () => {
  expect(() => taxesOn(100n, ["19%"], false)).toThrow(RangeError);
});
