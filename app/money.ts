/**
 * Money in minor units. Amounts arrive as decimal text and become `bigint`; a float is never involved.
 */

/** ISO 4217 currencies whose exponent is not 2 (ISO 4217 table A.1). */
const exponents: Record<string, number> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** The number of decimals of a currency. Unknown codes have two, as almost all do. */
export function currencyExponent(currency: string): number {
  return exponents[currency] ?? 2;
}

/**
 * Parses decimal text into minor units of `currency`.
 *
 * Digits beyond the currency's exponent are accepted only when they are zero ("20.00" JPY): dropping a real
 * fraction would change the amount silently.
 *
 * @param amount decimal text such as "12.50", "-3", "20"; a safe JSON number is accepted too
 * @throws RangeError when the text is no decimal number or has a fraction the currency cannot hold
 */
export function parseMinor(amount: string | number, currency: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount).trim());
  if (!match) throw new RangeError("An amount is not a decimal number.");
  const [, sign, whole = "0", fraction = ""] = match;
  const exponent = currencyExponent(currency);
  if (/[1-9]/.test(fraction.slice(exponent))) {
    throw new RangeError(`An amount in ${currency} has more than ${exponent} decimals.`);
  }
  const minor = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  return sign === "-" ? -minor : minor;
}

/** Writes minor units as decimal text without a currency sign: `1250n, "EUR"` → `"12.50"`. */
export function formatDecimal(minor: bigint, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const sign = minor < 0n ? "-" : "";
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Making a formatter costs far more than using it, and a list of orders needs few. */
const formatters = new Map<string, Intl.NumberFormat>();

function moneyFormatter(currency: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formatters.get(key);
  if (known) return known;
  const minimumFractionDigits = currencyExponent(currency);
  const formatter = new Intl.NumberFormat(locale, { style: "currency", currency, minimumFractionDigits });
  formatters.set(key, formatter);
  return formatter;
}

/**
 * Writes minor units for the screens, in the given locale: `"1250", "EUR"` → `"€12.50"`. A minus is the sign of that
 * name (U+2212), as wide as a digit; a hyphen would be lost before a number.
 */
export function formatMoney(minor: bigint | string, currency: string, locale = "en"): string {
  return formatLocalMoney(minor, currency, locale).replace("-", "−");
}

/** The same with whatever minus the locale has: how documents are printed, for ever. */
export function formatLocalMoney(minor: bigint | string, currency: string, locale: string): string {
  // Intl formats decimal text exactly (ES2023); a Number would round beyond 2^53.
  return moneyFormatter(currency, locale).format(
    formatDecimal(BigInt(minor), currency) as Intl.StringNumericLiteral,
  );
}

/** An amount in minor units of its currency, as text. Amounts of several currencies are never added up. */
export interface CurrencyTotal {
  currency: string;
  totalMinor: string;
}
