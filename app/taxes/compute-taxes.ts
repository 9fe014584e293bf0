import { shareOut } from "./round.ts";
import { taxesOn } from "./tax-amount.ts";

export interface TaxedAmount {
  /** Minor units, after discounts: with tax where prices include it. Negative for what is taken off. */
  amount: bigint;
  /** Decimal text, `"0.19"` for 19 %. Several where several are charged; none or `"0"` where nothing is. */
  rates: string[];
}

export interface ComputedLine {
  net: bigint;
  gross: bigint;
  /** For each of the line's rates, in their order. */
  taxes: bigint[];
}

export interface ComputedTaxes {
  lines: ComputedLine[];
  net: bigint;
  tax: bigint;
  gross: bigint;
}

/**
 * Computes the taxes of a document in one currency, in exact integers.
 *
 * Rounding `line` rounds each rate on each line, as Shopify does. `document` adds up the lines that bear the same
 * rates, rounds each rate once on the sum (EN 16931, BR-CO-17), and shares the result out to the lines by the largest
 * remainder. Both are lawful in the EU (VAT Directive 2006/112/EC leaves the method to the member states; CJEU
 * C-484/06) and the shop chooses. In both, net + Σ taxes = gross for every line and for the whole.
 *
 * @param lines amounts in minor units of one currency
 * @param options.included whether amounts contain their taxes
 * @throws RangeError when a rate is no decimal number
 */
export function computeTaxes(
  lines: TaxedAmount[],
  { included, rounding }: { included: boolean; rounding: "line" | "document" },
): ComputedTaxes {
  const taxes =
    rounding === "line"
      ? lines.map(({ amount, rates }) => taxesOn(amount, rates, included))
      : taxesByDocument(lines, included);
  const computed = lines.map(({ amount }, index) => toLine(amount, taxes[index] ?? [], included));
  const net = computed.reduce((sum, line) => sum + line.net, 0n);
  const gross = computed.reduce((sum, line) => sum + line.gross, 0n);
  return { lines: computed, net, gross, tax: gross - net };
}

function taxesByDocument(lines: TaxedAmount[], included: boolean): bigint[][] {
  const result: bigint[][] = lines.map(({ rates }) => rates.map(() => 0n));
  const groups = Map.groupBy(lines.keys(), (index) => lines[index]?.rates.join(" "));
  for (const indexes of groups.values()) {
    const amounts = indexes.map((index) => lines[index]?.amount ?? 0n);
    const rates = lines[indexes[0] ?? 0]?.rates ?? [];
    const total = amounts.reduce((sum, amount) => sum + amount, 0n);
    taxesOn(total, rates, included).forEach((tax, rate) => {
      const shares = shareOut(tax, amounts);
      indexes.forEach((index, at) => {
        result[index]?.splice(rate, 1, shares[at] ?? 0n);
      });
    });
  }
  return result;
}

function toLine(amount: bigint, taxes: bigint[], included: boolean): ComputedLine {
  const tax = taxes.reduce((sum, one) => sum + one, 0n);
  return included ? { net: amount - tax, gross: amount, taxes } : { net: amount, gross: amount + tax, taxes };
}
