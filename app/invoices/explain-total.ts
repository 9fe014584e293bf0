import { formatMoney } from "../money.ts";
import type { Bill, BillAdjustment } from "./bill.ts";
import type { Piece } from "./piece.ts";
import { grossOf, taxOf } from "./tax-pieces.ts";
import { add, type Both, fromText, isNothing, nothing, subtract, sumOf } from "./two-amounts.ts";

export type Explained =
  /** `difference` is what Shopify's total has more than the lines; a person may accept it. */
  | { outcome: "held"; reason: string; difference: Both }
  | {
      outcome: "explained";
      /** The refunds by amount that Shopify's total has in it. */
      adjustments: BillAdjustment[];
      /** What is left after them, for a visible line; nothing where the figures agree. */
      rounding: Both;
    };

/**
 * Holds what the lines come to against Shopify's own figures for the order.
 *
 * What may differ by rounding: one minor unit for each rate on each taxed line, because both sides round every such
 * product by at most half a unit, on the line or on the document; and one for each discounted line, whose discount
 * is shared between what is left and what was refunded. More than that is no rounding.
 *
 * A refund by amount is in Shopify's total or it is not, depending on its kind and on the version of the API; cash
 * rounding likewise. So they are tried together, then apart, and what fits exactly wins over what fits within the
 * bound.
 *
 * @param accepted differences that a person has accepted on earlier documents; they count like lines
 * @returns what makes the difference up, or a sentence with both figures for a person to look at
 */
export function explainTotal(bill: Bill, lines: Piece[], accepted: Piece[] = []): Explained {
  const pieces = [...lines, ...accepted];
  const ours = sumOf(pieces.map((piece) => grossOf(piece, bill.taxesIncluded)));
  const difference = subtract(fromText(bill.current.total), ours);
  const bound = roundingBound(bill, lines);
  const candidates = explanations(bill).map((one) => ({
    ...one,
    left: subtract(difference, sumOf(one.adjustments.map(grossOfAdjustment))),
  }));
  const found =
    candidates.find(({ left, cash }) => isNothing(subtract(left, cash))) ??
    candidates.find(({ left, cash }) => isWithin(subtract(left, cash), bound));
  if (!found)
    return { outcome: "held", reason: describe(bill, "comes to", ours, bill.current.total), difference };

  const ourTax = sumOf(lines.map(taxOf));
  // Shopify knows nothing of the tax in what a person has accepted; its next figures may have it all the same.
  const acceptedTax = sumOf(accepted.map(taxOf));
  const told = sumOf(found.adjustments.map(({ tax }) => fromText(tax)));
  const shopifyTax = fromText(bill.current.tax);
  const taxDiffers = [nothing, acceptedTax].every((more) =>
    [ourTax, add(ourTax, told)].every((tax) => !isWithin(subtract(shopifyTax, add(tax, more)), bound)),
  );
  if (taxDiffers && !explainsTax(found.adjustments, subtract(shopifyTax, ourTax))) {
    return { outcome: "held", reason: describe(bill, "bears tax of", ourTax, bill.current.tax), difference };
  }
  return { outcome: "explained", adjustments: found.adjustments, rounding: found.left };
}

export const grossOfAdjustment = ({ amount, tax }: BillAdjustment): Both =>
  add(fromText(amount), fromText(tax));

interface Candidate {
  adjustments: BillAdjustment[];
  cash: Both;
}

function explanations({ adjustments, cashRounding }: Bill): Candidate[] {
  const shipping = adjustments.filter(({ reason }) => reason === "shipping_refund");
  const others = adjustments.filter(({ reason }) => reason !== "shipping_refund");
  const cash = fromText(cashRounding);
  return [nothing, cash].flatMap((rounding) =>
    [adjustments, [], others, shipping].map((some) => ({ adjustments: some, cash: rounding })),
  );
}

/** A refund by amount without a tax of its own may have lowered Shopify's tax, but by no more than itself. */
function explainsTax(adjustments: BillAdjustment[], difference: Both): boolean {
  const untold = sumOf(
    adjustments.filter(({ tax }) => isNothing(fromText(tax))).map(({ amount }) => fromText(amount)),
  );
  return (["presentment", "shop"] as const).every(
    (currency) =>
      difference[currency] <= 0n === untold[currency] <= 0n &&
      size(difference[currency]) <= size(untold[currency]),
  );
}

function roundingBound(bill: Bill, pieces: Piece[]): bigint {
  const products = pieces.flatMap(({ taxes }) => taxes.filter(({ label }) => label.category === "standard"));
  const discounted = bill.lines.filter(({ discount }) => !isNothing(fromText(discount)));
  return BigInt(products.length + discounted.length);
}

const size = (amount: bigint) => (amount < 0n ? -amount : amount);

const isWithin = ({ presentment, shop }: Both, bound: bigint) =>
  size(presentment) <= bound && size(shop) <= bound;

function describe(bill: Bill, verb: string, ours: Both, theirs: Bill["current"]["total"]): string {
  const differs = theirs.presentment !== ours.presentment.toString();
  const currency = differs ? bill.currency : bill.shopCurrency;
  const side = differs ? "presentment" : "shop";
  const [shopify, lines] = [theirs[side], ours[side]].map((minor) => formatMoney(minor, currency));
  return `Shopify says that the order ${verb} ${shopify}, but its lines say ${lines}.`;
}
