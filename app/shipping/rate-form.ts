import { z } from "zod";
import { currencyExponent, formatDecimal, parseMinor } from "../money.ts";
import type { Parcel, ShippingRate, WeightStep } from "./shipping-rate.ts";
import { formatKilograms, parseKilograms } from "./weight.ts";

export const maxSteps = 20;

/** The form as typed: decimal text, blank where nothing is said. */
export interface TypedRate {
  flatFee: string;
  freeFrom: string;
  steps: TypedStep[];
}

export interface TypedStep {
  /** In kilograms; blank for "any heavier". */
  upTo: string;
  fee: string;
}

/** What is wrong, by the name of the field. */
export type RateErrors = Partial<Record<string, string>>;

export const stepField = (part: keyof TypedStep, index: number) => `step.${index}.${part}`;

const amountText = z.string().max(40).catch("");

/** Reads the posted form; whatever is missing in it is blank. */
export function readTypedRate(form: FormData): TypedRate {
  const upTos = form.getAll("upTo");
  const fees = form.getAll("fee");
  return {
    flatFee: amountText.parse(form.get("flatFee")),
    freeFrom: amountText.parse(form.get("freeFrom")),
    // One more than may be saved, so that the refusal can say so.
    steps: upTos
      .slice(0, maxSteps + 1)
      .map((upTo, index) => ({ upTo: amountText.parse(upTo), fee: amountText.parse(fees[index]) })),
  };
}

/** The rate as the form shows it. */
export function toTypedRate(rate: ShippingRate | null, currency: string): TypedRate {
  // After the shop's currency has changed the old amounts mean nothing.
  if (!rate || rate.currency !== currency) return { flatFee: "", freeFrom: "", steps: [] };
  const show = (minor: string | null) => (minor === null ? "" : formatDecimal(BigInt(minor), currency));
  return {
    flatFee: show(rate.flatFeeMinor),
    freeFrom: show(rate.freeFromMinor),
    steps: rate.weightSteps.map(({ upToGrams, feeMinor }) => ({
      upTo: upToGrams === null ? "" : formatKilograms(upToGrams),
      fee: show(feeMinor),
    })),
  };
}

/** Checks what was typed. Steps may come in any order; rows left blank do not count. */
export function parseTypedRate(
  typed: TypedRate,
  currency: string,
): { rate: ShippingRate | null; errors: RateErrors } {
  const errors: RateErrors = {};
  const amount = (name: string, text: string) => {
    const minor = parseAmount(text, currency);
    if (minor === undefined) errors[name] = describeAmountError(currency);
    return minor ?? null;
  };
  const steps: (WeightStep & { index: number })[] = [];
  for (const [index, { upTo, fee }] of typed.steps.entries()) {
    if (!upTo.trim() && !fee.trim()) continue;
    const upToGrams = upTo.trim() ? readWeight(upTo) : null;
    if (upToGrams === undefined) errors[stepField("upTo", index)] = "Write kilograms like 1.5.";
    const feeMinor = amount(stepField("fee", index), fee);
    if (!fee.trim()) errors[stepField("fee", index)] = "Say what this step costs. Zero is fine.";
    steps.push({ upToGrams: upToGrams ?? null, feeMinor: feeMinor ?? "0", index });
  }
  for (const step of steps) {
    const name = stepField("upTo", step.index);
    const twin = steps.find(({ upToGrams }) => upToGrams === step.upToGrams);
    if (twin === step || errors[name]) continue;
    errors[name] =
      step.upToGrams === null
        ? "Only one step can be open. Say up to which weight this one holds."
        : "There is a step up to this weight already.";
  }
  if (typed.steps.length > maxSteps) errors.steps = `A rate can have at most ${maxSteps} steps.`;
  const flatFeeMinor = amount("flatFee", typed.flatFee);
  const freeFromMinor = amount("freeFrom", typed.freeFrom);
  if (Object.keys(errors).length > 0) return { rate: null, errors };
  const weightSteps = steps
    .sort((left, right) => (left.upToGrams ?? Infinity) - (right.upToGrams ?? Infinity))
    .map(({ upToGrams, feeMinor }) => ({ upToGrams, feeMinor }));
  return { rate: { currency, flatFeeMinor, freeFromMinor, weightSteps }, errors };
}

/** What the "try it" box was asked. */
export interface TypedParcel {
  subtotal: string;
  weight: string;
}

/** @returns null while nothing is asked */
export function parseTypedParcel(
  { subtotal, weight }: TypedParcel,
  currency: string,
): { parcel: Parcel | null; errors: RateErrors } | null {
  if (!subtotal.trim() && !weight.trim()) return null;
  const errors: RateErrors = {};
  const subtotalMinor = parseAmount(subtotal, currency);
  if (subtotalMinor === undefined) errors.subtotal = describeAmountError(currency);
  const weightGrams = weight.trim() ? readWeight(weight) : null;
  if (weightGrams === undefined) errors.weight = "Write kilograms like 1.5.";
  if (Object.keys(errors).length > 0) return { parcel: null, errors };
  return {
    parcel: { subtotalMinor: subtotalMinor ?? "0", weightGrams: weightGrams ?? null, currency },
    errors,
  };
}

/** Far beyond any fee, far within what a bigint column holds. */
const maxDigits = 15;

/** @returns minor units as text; null for blank, undefined for what is no amount of zero or more */
function parseAmount(text: string, currency: string): string | null | undefined {
  if (!text.trim()) return null;
  try {
    const minor = parseMinor(text, currency).toString();
    return minor.startsWith("-") || minor.length > maxDigits ? undefined : minor;
  } catch {
    return undefined;
  }
}

function describeAmountError(currency: string): string {
  const decimals = currencyExponent(currency);
  const example = formatDecimal(BigInt(5) * 10n ** BigInt(decimals), currency);
  const limit = decimals === 0 ? "without decimals" : `with at most ${decimals} decimals`;
  return `Write an amount in ${currency} ${limit}, like ${example}.`;
}

function readWeight(text: string): number | undefined {
  try {
    return parseKilograms(text);
  } catch {
    return undefined;
  }
}
