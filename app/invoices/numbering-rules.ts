import type { InvoiceSettings } from "./settings.ts";

export type NumberPattern = InvoiceSettings["numbering"]["invoice"];

/**
 * Writes a number as the database will (format_document_number): the prefix with its year, then the digits. For
 * previews; the number that counts is the database's.
 */
export function formatNumber({ prefix, padding }: NumberPattern, year: number, sequence: number): string {
  const digits = String(year).padStart(4, "0");
  return (
    prefix.replaceAll("{YYYY}", digits).replaceAll("{YY}", digits.slice(-2)) +
    String(sequence).padStart(padding, "0")
  );
}

/**
 * Why a pattern cannot be taken: it could write the same number twice.
 * @returns a sentence, or null when it is sound
 */
export function findPatternProblem({ prefix, yearly }: NumberPattern): string | null {
  if (/\d$/.test(prefix))
    return "The prefix ends with a digit, which would run into the number. End it with a letter or a dash.";
  if (yearly && !/\{YY(YY)?\}/.test(prefix))
    return "Numbers that start again each year need the year in the prefix: {YYYY} or {YY}.";
  if (/[{}]/.test(prefix.replaceAll("{YYYY}", "").replaceAll("{YY}", "")))
    return "In braces the prefix can only have {YYYY} or {YY}.";
  return null;
}
