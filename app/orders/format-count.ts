import type { Count } from "../search/read-page.server.ts";

const grouped = new Intl.NumberFormat("en");

/** "1,234 orders", "1 order", "about 12,000 orders", "about 1.2 M orders". */
export function formatCount(count: Count, one: string, many: string): string {
  return `${formatNumber(count)} ${count.exact && count.count === 1 ? one : many}`;
}

/** An estimate is rounded to two digits, so that it does not pretend to know more. */
export function formatNumber({ count, exact }: Count): string {
  if (exact) return grouped.format(count);
  const rounded = Number(count.toPrecision(2));
  return rounded >= 1_000_000
    ? `about ${grouped.format(rounded / 1_000_000)} M`
    : `about ${grouped.format(rounded)}`;
}
