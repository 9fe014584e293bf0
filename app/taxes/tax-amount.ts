import { alignRates, parseRate } from "./rate.ts";
import { divideHalfUp, shareOut } from "./round.ts";

/**
 * The taxes on one amount, one for each rate, in minor units of its currency.
 *
 * Exclusive: amount × rate, each rounded half away from zero. Inclusive: the amount holds all the rates at once, so
 * together they are amount × Σ rates / (1 + Σ rates), rounded once, and shared out among the rates by the largest
 * remainder; net = amount − Σ taxes is then exact. Rates are never charged on one another. A
 * negative amount gives the mirror of the positive one.
 *
 * @param rates decimal text, `"0.19"` for 19 %
 * @throws RangeError when a rate is no decimal number
 */
export function taxesOn(amount: bigint, rates: string[], included: boolean): bigint[] {
  const { numerators, denominator } = alignRates(rates.map(parseRate));
  if (!included) return numerators.map((numerator) => divideHalfUp(amount * numerator, denominator));
  const all = numerators.reduce((sum, numerator) => sum + numerator, 0n);
  if (all === 0n) return numerators.map(() => 0n);
  return shareOut(divideHalfUp(amount * all, denominator + all), numerators);
}
