import type { InvoiceSettings } from "./settings.ts";

export type NumberPattern = InvoiceSettings["numbering"]["invoice"];

/** A run of numbers that has begun: see `number_series`. */
export interface RunningSeries {
  /** 0 for one that never starts again. */
  year: number;
  lastSequence: string;
}

/** The same rule as `format_document_number` in the database. */
export function formatNumber(pattern: NumberPattern, year: number, sequence: bigint): string {
  return expandPrefix(pattern.prefix, year) + String(sequence).padStart(pattern.padding, "0");
}

export function expandPrefix(prefix: string, year: number): string {
  return prefix
    .replaceAll("{YYYY}", String(year).padStart(4, "0"))
    .replaceAll("{YY}", String(year % 100).padStart(2, "0"));
}

/**
 * The sequence of the next document: after the last of its series, or where the pattern says that a new one starts.
 * @param year on the shop's calendar
 */
export function nextSequence(pattern: NumberPattern, series: RunningSeries[], year: number): bigint {
  const running = series.find((one) => one.year === (pattern.yearly ? year : 0));
  return running ? BigInt(running.lastSequence) + 1n : BigInt(pattern.start);
}

/** Why a pattern would give a number twice; null when it cannot. Numbers given before are compared at the save. */
export function findPatternError(pattern: NumberPattern): string | null {
  const rest = pattern.prefix.replaceAll("{YYYY}", "").replaceAll("{YY}", "");
  if (/[{}]/.test(rest)) return "Only {YYYY} and {YY} may stand in braces.";
  if (pattern.yearly && rest === pattern.prefix)
    return "Numbers that start again each year need the year in them: write {YYYY}, or let them run on.";
  // INV-1 and 2 digits less would read like INV- and one more.
  if (pattern.yearly && /\d$/.test(pattern.prefix.replaceAll(/\{YY(YY)?\}/g, "#")))
    return "A prefix that ends with a digit runs into the number. End it with a sign, like a hyphen.";
  return null;
}
