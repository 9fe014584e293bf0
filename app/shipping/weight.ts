/** A thousand tonnes: more is a slip of the keyboard. */
const maxKilogramDigits = 6;

/**
 * Parses kilograms as people type them into grams. Like money, a weight never passes through a float.
 * @throws RangeError when it is no weight
 */
export function parseKilograms(text: string): number {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) throw new RangeError("A weight is not a decimal number.");
  const [, whole = "", fraction = ""] = match;
  if (/[1-9]/.test(fraction.slice(3))) throw new RangeError("A weight is finer than a gram.");
  if (whole.replace(/^0+/, "").length > maxKilogramDigits) throw new RangeError("A weight is too large.");
  return Number(whole + fraction.slice(0, 3).padEnd(3, "0"));
}

/** Grams as the form shows them: `1500` → `1.5`. */
export function formatKilograms(grams: number): string {
  const digits = String(grams).padStart(4, "0");
  const fraction = digits.slice(-3).replace(/0+$/, "");
  return digits.slice(0, -3) + (fraction && `.${fraction}`);
}

/** Grams for people. */
export const formatWeight = (grams: number): string =>
  grams < 1000 ? `${grams} g` : `${formatKilograms(grams)} kg`;
