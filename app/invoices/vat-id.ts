import { compactCode } from "./bank-numbers.ts";

/**
 * The form of VAT identification numbers after their country, as the European Commission lists it (VIES, "VAT number
 * structure"), with Britain, Norway and Switzerland beside it.
 */
const forms: Record<string, RegExp> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CHE: /^\d{9}(MWST|TVA|IVA)?$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-Z0-9]{2}\d{9}$/,
  GB: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[A-Z0-9+*]{10}\d{2}$/,
  NO: /^\d{9}(MVA)?$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{10}01$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  XI: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/,
};

/** Check digits of the countries that publish theirs and whose shops we meet most. */
const checks: Record<string, (number: string) => boolean> = {
  AT: (number) => (10 - ((lastDigits(number.slice(1, 8), [1, 2]) + 4) % 10)) % 10 === Number(number[8]),
  BE: (number) => 97 - (Number(number.slice(0, 8)) % 97) === Number(number.slice(8)),
  DE: isIso7064Mod1110,
  // Older numbers have letters in their key, for which no rule is published.
  FR: (number) =>
    /\D/.test(number.slice(0, 2)) ||
    Number((BigInt(number.slice(2)) * 100n + 12n) % 97n) === Number(number.slice(0, 2)),
  IT: (number) => lastDigits(number, [1, 2]) % 10 === 0,
  PL: (number) => weigh(number, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(number[9]),
};

/**
 * What is wrong with a VAT id: its form, and its check digit where we know the rule.
 * @param text with its country: `DE 136 695 976`. One that begins with no country we know is taken as it is.
 * @returns a sentence; null when nothing is known to be wrong
 */
export function findVatIdError(text: string): string | null {
  const id = compactCode(text);
  const country = Object.keys(forms).find((code) => id.startsWith(code));
  if (!country) return null;
  const number = id.slice(country.length);
  if (!forms[country]?.test(number))
    return `A VAT id of ${country} does not look like this. Compare it with your papers.`;
  return checks[country]?.(number) === false
    ? "The check digit of this VAT id does not fit. See where a digit slipped."
    : null;
}

/** The sum of the digits of each digit times its weight, weights taken in turn (Luhn). */
function lastDigits(number: string, weights: [number, number]): number {
  return [...number].reduce((sum, digit, place) => {
    const product = Number(digit) * (weights[place % 2] ?? 1);
    return sum + (product > 9 ? product - 9 : product);
  }, 0);
}

const weigh = (number: string, weights: number[]) =>
  weights.reduce((sum, weight, place) => sum + weight * Number(number[place]), 0);

function isIso7064Mod1110(number: string): boolean {
  let product = 10;
  for (const digit of number.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === Number(number.at(-1));
}

/** Whether sellers of a country have VAT ids that are known here. @param countryCode ISO 3166-1 alpha-2 */
export const hasVatIds = (countryCode: string | null): boolean =>
  countryCode !== null && Object.hasOwn(forms, vatPrefixes[countryCode] ?? countryCode);

/** Countries whose VAT ids begin with other letters than their code. */
const vatPrefixes: Record<string, string> = { GR: "EL", CH: "CHE" };
