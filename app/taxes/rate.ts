/** A rate of tax as a fraction of integers: 8.875 % is 8875/100000, exactly. */
export interface Rate {
  numerator: bigint;
  denominator: bigint;
}

/**
 * Reads a rate written as a decimal fraction of one: `"0.19"` is 19 %.
 * @throws RangeError when the text is no decimal number of zero or more
 */
export function parseRate(text: string): Rate {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new RangeError("A tax rate is not a decimal number.");
  const [, whole = "0", fraction = ""] = match;
  return { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) };
}

/** Brings rates over one denominator. @returns each rate's numerator, and the denominator they share */
export function alignRates(rates: Rate[]): { numerators: bigint[]; denominator: bigint } {
  const denominator = rates.reduce((most, rate) => (rate.denominator > most ? rate.denominator : most), 1n);
  return {
    numerators: rates.map((rate) => rate.numerator * (denominator / rate.denominator)),
    denominator,
  };
}
