import type { Random } from "./random.ts";

export interface IdSource {
  next(): bigint;
}

/** Above 2^53 and below 2^63, in the range of Shopify's own sample order id 820982911946154508. */
const HUGE_BASE = 820_000_000_000_000_000n;
const USUAL_BASE = 4_500_000_000_000n;

/**
 * Draws ids as Shopify's look today (13 to 14 digits), and for a share of them ids that a double cannot hold:
 * code that parses them carelessly fails here rather than at a merchant's.
 */
export function createIdSource(random: Random, hugeShare: number): IdSource {
  const digits = (count: number) => BigInt(Math.floor(random.next() * 10 ** count));
  return {
    next() {
      // The low digit of a huge id is odd: a double could hold every even one of some of these by luck.
      if (random.chance(hugeShare)) return HUGE_BASE + digits(9) * 1_000_000n + ((digits(6) / 2n) * 2n + 1n);
      return USUAL_BASE + digits(7) * 1_000_000n + digits(6);
    },
  };
}

export const globalId = (type: string, id: bigint) => `gid://shopify/${type}/${id}`;

/** A hexadecimal token of the wanted length, from the same seeded sequence as everything else. */
export function randomHex(random: Random, length: number): string {
  let text = "";
  while (text.length < length) text += random.integer(0, 15).toString(16);
  return text;
}
