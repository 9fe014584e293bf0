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
 * Whether two patterns could write the same number, in whatever year: where the one has a year or a digit of its
 * counter, the other may have any digit.
 */
export function canMeet(one: NumberPattern, other: NumberPattern): boolean {
  const [left, right] = [digitsOf(one), digitsOf(other)];
  // Behind its prefix, each goes on with the digits of its counter, as many as it takes.
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => at).every((at) => {
    const [mine, theirs] = [left[at] ?? anyDigit, right[at] ?? anyDigit];
    return mine === theirs || isDigit(mine, theirs) || isDigit(theirs, mine);
  });
}

const anyDigit = "\0";
const digitsOf = ({ prefix }: NumberPattern) =>
  prefix.replaceAll("{YYYY}", anyDigit.repeat(4)).replaceAll("{YY}", anyDigit.repeat(2));
const isDigit = (place: string, letter: string) => place === anyDigit && /\d/.test(letter);

/**
 * A regular expression (PostgreSQL's) for the numbers of a pattern in whatever year, with a group for each year in the
 * prefix and one for the counter.
 */
export const numberExpression = ({ prefix }: NumberPattern): string =>
  `^${prefix
    .replace(/[.*+?^$()[\]|\\]/g, "\\$&")
    .replaceAll("{YYYY}", "([0-9]{4})")
    .replaceAll("{YY}", "([0-9]{2})")}([0-9]{1,12})$`;

/** How many digits the first year in the prefix has; 0 without one. */
export const yearWidth = ({ prefix }: NumberPattern): number =>
  (/\{(YY(?:YY)?)\}/.exec(prefix)?.[1] ?? "").length;

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
