import { formatLocalMoney } from "../../money.ts";
import type { Language } from "../document.ts";

/** Making a formatter costs far more than using it. */
const dates = new Map<Language, Intl.DateTimeFormat>();
const percents = new Map<Language, Intl.NumberFormat>();
const quantities = new Map<Language, Intl.NumberFormat>();

function kept<Formatter>(
  known: Map<Language, Formatter>,
  language: Language,
  make: () => Formatter,
): Formatter {
  const formatter = known.get(language) ?? make();
  known.set(language, formatter);
  return formatter;
}

/**
 * A day on a calendar, with its month in letters so that nobody takes the day for the month: `"2026-11-25"` →
 * `"25 November 2026"`. No time zone comes into it.
 */
export function formatDay(language: Language, day: string): string {
  const locale = language === "en" ? "en-GB" : language;
  const format = kept(
    dates,
    language,
    () => new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC", calendar: "gregory" }),
  );
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** Minor units of a currency, as the language writes them. Exact for any size (app/money.ts). */
export function formatAmount(language: Language, minor: bigint | string, currency: string): string {
  return formatLocalMoney(minor, currency, language);
}

/** A rate as decimal text: `"0.09975"` → `"9.975%"`. */
export function formatRate(language: Language, rate: string): string {
  const format = kept(
    percents,
    language,
    () => new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 6 }),
  );
  // Decimal text is formatted exactly; a Number would turn 0.145 into 14.499….
  return format.format(rate as Intl.StringNumericLiteral);
}

/** A number of things. */
export function formatQuantity(language: Language, quantity: number): string {
  return kept(quantities, language, () => new Intl.NumberFormat(language)).format(quantity);
}
