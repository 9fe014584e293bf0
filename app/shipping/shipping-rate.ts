import { formatMoney } from "../money.ts";
import { formatWeight } from "./weight.ts";

/** A fee for parcels up to a weight. Amounts are minor units as text, so that JSON loses nothing. */
export interface WeightStep {
  /** The step holds up to this weight, itself included; null for the last, open one. */
  upToGrams: number | null;
  feeMinor: string;
}

/** The shop's own rate, for orders that came without shipping lines (domain rule 5). */
export interface ShippingRate {
  currency: string;
  /** Charged where no weight step applies. */
  flatFeeMinor: string | null;
  /** From this subtotal on, itself included, shipping is free. */
  freeFromMinor: string | null;
  /** By rising weight. */
  weightSteps: WeightStep[];
}

/** What there is to ship. */
export interface Parcel {
  subtotalMinor: bigint | string;
  /** Null when nobody said; zero is a weight. */
  weightGrams: number | null;
  currency: string;
}

export type ShippingRule = "free" | "weight" | "flat";

/** The fee with the rule it comes from, or why there is none. */
export type ShippingQuote =
  | { rule: ShippingRule; feeMinor: string; why: string }
  | { rule: null; feeMinor: null; why: string };

/** What the rate asks for a parcel: free above the threshold, else by weight, else the flat fee. */
export function quoteShipping(rate: ShippingRate, parcel: Parcel): ShippingQuote {
  const { currency, flatFeeMinor, freeFromMinor, weightSteps } = rate;
  if (parcel.currency !== currency) {
    return none(`The rate is in ${currency} and the order in ${parcel.currency}, so it does not apply.`);
  }
  const subtotal = BigInt(parcel.subtotalMinor);
  const say = (minor: bigint | string) => formatMoney(minor, currency);
  if (freeFromMinor !== null && subtotal >= BigInt(freeFromMinor)) {
    const why = `The subtotal of ${say(subtotal)} has reached ${say(freeFromMinor)}, from where shipping is free.`;
    return { rule: "free", feeMinor: "0", why };
  }
  const { weightGrams } = parcel;
  const step = weightGrams === null ? undefined : findStep(weightSteps, weightGrams);
  if (step && weightGrams !== null) {
    return { rule: "weight", feeMinor: step.feeMinor, why: whyStep(weightSteps, step, weightGrams) };
  }
  const noStep = whyNoStep(weightSteps, weightGrams);
  if (flatFeeMinor === null) return none(noStep ?? "The rate has no rule for this order.");
  const why = noStep ? `${noStep} So the flat fee applies.` : "The flat fee applies to every order.";
  const below = freeFromMinor !== null && ` Shipping is free from ${say(freeFromMinor)} on.`;
  return { rule: "flat", feeMinor: flatFeeMinor, why: why + (below || "") };
}

export const ruleNames: Record<ShippingRule, string> = {
  free: "Free shipping",
  weight: "Weight step",
  flat: "Flat fee",
};

const none = (why: string): ShippingQuote => ({ rule: null, feeMinor: null, why });

const findStep = (steps: WeightStep[], grams: number) =>
  steps.find(({ upToGrams }) => upToGrams === null || grams <= upToGrams);

function whyStep(steps: WeightStep[], step: WeightStep, grams: number): string {
  const weighs = `It weighs ${formatWeight(grams)}`;
  if (step.upToGrams !== null)
    return `${weighs}, which is within the step up to ${formatWeight(step.upToGrams)}.`;
  const last = steps.at(-2)?.upToGrams;
  return last
    ? `${weighs}, which is above ${formatWeight(last)}.`
    : `${weighs}, and one step holds for all weights.`;
}

/** @returns null where there are no steps that could have applied */
function whyNoStep(steps: WeightStep[], grams: number | null): string | null {
  const heaviest = steps.at(-1)?.upToGrams;
  if (steps.length === 0) return null;
  if (grams === null) return "The order's weight is not known, so no weight step applies.";
  return `It weighs ${formatWeight(grams)}, more than the last step of ${formatWeight(heaviest ?? 0)}.`;
}

/** The rate in sentences, for people to compare. */
export function describeRate(rate: ShippingRate | null): string[] {
  if (!rate) return ["No rate."];
  const say = (minor: string) => formatMoney(minor, rate.currency);
  const sentences = [
    ...(rate.flatFeeMinor === null ? [] : [`Flat fee ${say(rate.flatFeeMinor)}.`]),
    ...(rate.freeFromMinor === null ? [] : [`Free from ${say(rate.freeFromMinor)} on.`]),
    ...rate.weightSteps.map(({ upToGrams, feeMinor }) =>
      upToGrams === null
        ? `Any heavier: ${say(feeMinor)}.`
        : `Up to ${formatWeight(upToGrams)}: ${say(feeMinor)}.`,
    ),
  ];
  return sentences.length > 0 ? sentences : ["No rules."];
}

export const isSameRate = (left: ShippingRate, right: ShippingRate): boolean =>
  left.currency === right.currency &&
  left.flatFeeMinor === right.flatFeeMinor &&
  left.freeFromMinor === right.freeFromMinor &&
  left.weightSteps.length === right.weightSteps.length &&
  left.weightSteps.every(
    ({ upToGrams, feeMinor }, index) =>
      upToGrams === right.weightSteps[index]?.upToGrams && feeMinor === right.weightSteps[index]?.feeMinor,
  );
