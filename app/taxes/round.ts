/**
 * Divides and rounds half away from zero: 0.5 becomes 1, −0.5 becomes −1, so what is taken back is the mirror of what
 * was charged. EU law leaves the method to the member states as long as it respects neutrality and proportionality
 * (CJEU C-484/06, Ahold); half up is the commercial rule (DIN 1333) and the one that Shopify's figures follow.
 */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError("A denominator must be positive.");
  const doubled = 2n * (numerator < 0n ? -numerator : numerator) + denominator;
  const rounded = doubled / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/**
 * Shares a whole amount out by weight, by the largest remainder: each part is its exact share rounded down, and the
 * units left over go to the parts that lost most, the earlier of two equals first. The parts always sum to the total.
 *
 * @param total minor units; a negative total is shared like its mirror
 * @param weights all of one sign, or with a sum other than zero; when they sum to zero the first part takes it all
 */
export function shareOut(total: bigint, weights: bigint[]): bigint[] {
  if (total < 0n) return shareOut(-total, weights).map((part) => -part);
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? total : 0n));
  const signed = sum < 0n ? weights.map((weight) => -weight) : weights;
  const whole = sum < 0n ? -sum : sum;
  const parts = signed.map((weight, index) => {
    const floor = floorDivide(total * weight, whole);
    return { index, floor, lost: total * weight - floor * whole };
  });
  let left = total - parts.reduce((all, { floor }) => all + floor, 0n);
  const shares = parts.map(({ floor }) => floor);
  const byLoss = parts.toSorted((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost > b.lost ? -1 : 1));
  for (const { index } of byLoss) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return shares;
}

const floorDivide = (numerator: bigint, denominator: bigint) =>
  numerator >= 0n || numerator % denominator === 0n ? numerator / denominator : numerator / denominator - 1n;
