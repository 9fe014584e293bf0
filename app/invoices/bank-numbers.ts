/** Checks of account numbers as people type them: a slip on an invoice sends the buyer's money to nobody. */

/** Without spaces and in capitals, as both standards write them for machines. */
export const compactCode = (text: string): string => text.replace(/[\s.-]/g, "").toUpperCase();

/**
 * What is wrong with an IBAN (ISO 13616): its form, then its check digits (ISO 7064, mod 97-10).
 * @returns null when it is right
 */
export function findIbanError(text: string): string | null {
  const iban = compactCode(text);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban))
    return "An IBAN begins with a country and two digits, like DE89 3704 0044 0532 0130 00.";
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n
    ? null
    : "The check digits of this IBAN do not fit. See where a digit slipped.";
}

/** The same for a BIC (ISO 9362): bank, country, place and perhaps a branch. */
export function findBicError(text: string): string | null {
  return /^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(compactCode(text))
    ? null
    : "A BIC has 8 or 11 letters and digits, like COBADEFFXXX.";
}
