import { z } from "zod";
import { currencyExponent, formatDecimal, parseMinor } from "../money.ts";
import { normaliseText } from "../normalise-text.ts";

/** A payment as typed. */
export interface TypedPayment {
  amount: string;
  paidOn: string;
  note: string;
}

export type PaymentErrors = Partial<Record<keyof TypedPayment, string>>;

export interface ParsedPayment {
  amountMinor: bigint;
  /** A day on the shop's calendar. */
  paidOn: string;
  note: string | null;
}

const text = z.string().max(2_000).catch("");

export function readTypedPayment(form: FormData): TypedPayment {
  return {
    amount: text.parse(form.get("amount")),
    paidOn: text.parse(form.get("paidOn")),
    note: text.parse(form.get("note")),
  };
}

/** Far beyond any payment, far within what a bigint column holds. */
const maxDigits = 15;

/**
 * Checks a payment as typed.
 * @param currency ISO 4217, the document's
 */
export function parseTypedPayment(
  typed: TypedPayment,
  currency: string,
): { payment: ParsedPayment | null; errors: PaymentErrors } {
  const errors: PaymentErrors = {};
  const amountMinor = parseAmount(typed.amount, currency);
  if (amountMinor === null) errors.amount = describeAmountError(currency);
  const paidOn = typed.paidOn.trim();
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(paidOn) || !isDay(paidOn))
    errors.paidOn = "Write a day like 2026-11-25.";
  const note = normaliseText(typed.note);
  if (note && note.length > 300) errors.note = "A note has at most 300 characters.";
  if (amountMinor === null || Object.keys(errors).length > 0) return { payment: null, errors };
  return { payment: { amountMinor, paidOn, note }, errors };
}

const isDay = (day: string) => {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
};

/** @returns minor units, more than nothing; null for what is no such amount */
export function parseAmount(typed: string, currency: string): bigint | null {
  try {
    const minor = parseMinor(typed, currency);
    return minor > 0n && minor.toString().length <= maxDigits ? minor : null;
  } catch {
    return null;
  }
}

export function describeAmountError(currency: string): string {
  const decimals = currencyExponent(currency);
  const example = formatDecimal(5n * 10n ** BigInt(decimals), currency);
  return `Write an amount in ${currency}, more than zero, like ${example}.`;
}
