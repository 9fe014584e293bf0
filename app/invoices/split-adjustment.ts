import { shareOut } from "../taxes/round.ts";
import { taxesOn } from "../taxes/tax-amount.ts";
import { comboOf, type Piece } from "./piece.ts";
import { grossOf, taxOf } from "./tax-pieces.ts";
import { type Both, isNothing, subtract, sumOf } from "./two-amounts.ts";

const currencies = ["presentment", "shop"] as const;

/**
 * Spreads an amount that belongs to no line over the rates of the lines it lowers or raises, in proportion to what
 * they come to: a reduction of the price lowers base and tax alike (Directive 2006/112/EC, art. 90; § 17 UStG).
 *
 * @param gross the amount with its tax; negative for what is taken off
 * @param told the tax in it as Shopify tells it, spread in proportion to the lines' own; none told is worked out of
 *   the amount at the lines' rates
 * @param onto the lines; with none the amount stays untaxed
 * @returns a piece for each set of rates, which sum to the gross amount exactly
 */
export function splitAdjustment(
  base: Pick<Piece, "kind" | "key" | "title" | "details">,
  { gross, told }: { gross: Both; told: Both },
  { onto, included }: { onto: Piece[]; included: boolean },
): Piece[] {
  const groups = [...Map.groupBy(onto, comboOf).values()];
  const weights = groups.map((pieces) => sumOf(pieces.map((piece) => grossOf(piece, included))));
  const first = { ...base, quantity: 0, unitPrice: { presentment: 0n, shop: 0n } };
  if (weights.every(isNothing)) return [{ ...first, amount: gross, taxes: [] }];

  const parts = shareBoth(gross, weights);
  const toldParts = isNothing(told)
    ? null
    : shareBoth(
        told,
        groups.map((pieces) => sumOf(pieces.map(taxOf))),
      );
  return groups.flatMap((pieces, at) => {
    const part = parts[at] ?? { presentment: 0n, shop: 0n };
    if (isNothing(part)) return [];
    const labels = (pieces[0]?.taxes ?? []).map(({ label }) => label);
    const toldPart = toldParts?.[at];
    const taxes = labels.map((label) => ({ label, tax: { presentment: 0n, shop: 0n } }));
    for (const currency of currencies) {
      const amounts = toldPart
        ? shareOut(
            toldPart[currency],
            labels.map((_, tax) => sumOf(pieces.flatMap((p) => p.taxes[tax]?.tax ?? []))[currency]),
          )
        : taxesOn(
            part[currency],
            labels.map(({ rate }) => rate),
            true,
          );
      taxes.forEach((one, index) => {
        one.tax[currency] = amounts[index] ?? 0n;
      });
    }
    const piece: Piece = { ...first, amount: part, taxes };
    return [included ? piece : { ...piece, amount: subtract(part, taxOf(piece)) }];
  });
}

/** Shares an amount out by weights, each currency by itself. */
export function shareBoth(total: Both, weights: Both[]): Both[] {
  const [presentment, shop] = currencies.map((currency) =>
    shareOut(
      total[currency],
      weights.map((weight) => weight[currency]),
    ),
  );
  return weights.map((_, at) => ({ presentment: presentment?.[at] ?? 0n, shop: shop?.[at] ?? 0n }));
}
