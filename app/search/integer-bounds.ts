/** A range of decimal numbers as the whole numbers inside it, in units of 10^-exponent; null is unbounded. */
export function integerBounds(
  {
    from,
    to,
    fromOpen,
    toOpen,
  }: { from: string | null; to: string | null; fromOpen: boolean; toOpen: boolean },
  exponent: number,
): { lower: bigint | null; upper: bigint | null } {
  const lower = from === null ? null : floorOf(from, exponent);
  const upper = to === null ? null : floorOf(to, exponent);
  return {
    lower: lower && lower.floor + (lower.exact && !fromOpen ? 0n : 1n),
    upper: upper && upper.floor - (upper.exact && toOpen ? 1n : 0n),
  };
}

/** @param text decimal digits, `-12.345`; the parser lets nothing else through */
function floorOf(text: string, exponent: number): { floor: bigint; exact: boolean } {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (!match) throw new RangeError("A bound is not a decimal number.");
  const [, sign, whole = "0", fraction = ""] = match;
  const digits = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  const exact = !/[1-9]/.test(fraction.slice(exponent));
  if (sign !== "-") return { floor: digits, exact };
  return { floor: -digits - (exact ? 0n : 1n), exact };
}
