/** The average of a sum in minor units, to the nearest unit; a half goes away from nought. */
export function averageMinor(sumMinor: string, count: number): bigint {
  const [sum, parts] = [BigInt(sumMinor), BigInt(count)];
  const half = sum < 0n ? -parts : parts;
  return (2n * sum + half) / (2n * parts);
}
