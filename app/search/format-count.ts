import type { Count } from "./read-page.server.ts";

const grouped = new Intl.NumberFormat("en");

/** "1,234 orders", "1 order", "about 12,000 orders", "about 1.2 M orders". */
export function formatCount({ count, exact }: Count, one: string, many: string): string {
  if (exact) return `${grouped.format(count)} ${count === 1 ? one : many}`;
  // Rounded to two digits, so that an estimate does not pretend to know more.
  const rounded = Number(count.toPrecision(2));
  if (rounded >= 1_000_000) return `about ${grouped.format(rounded / 1_000_000)} M ${many}`;
  return `about ${grouped.format(rounded)} ${many}`;
}
