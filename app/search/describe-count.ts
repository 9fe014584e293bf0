import type { Count } from "./read-page.server.ts";

const whole = new Intl.NumberFormat("en");

/** `1 customer`, `1,234 customers`, and for an estimate `about 120,000 customers` or `about 1.2 M customers`. */
export function describeCount({ count, exact }: Count, one: string, many: string): string {
  if (exact) return `${whole.format(count)} ${count === 1 ? one : many}`;
  // An estimate is good for two digits.
  if (count >= 999_500) return `about ${Number((count / 1_000_000).toPrecision(2))} M ${many}`;
  return `about ${whole.format(Number(count.toPrecision(2)))} ${many}`;
}
