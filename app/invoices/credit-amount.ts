import { shareOut } from "../taxes/round.ts";
import { comboOf, type Piece } from "./piece.ts";
import { creditKey } from "./read-ledger.ts";
import { grossOf, type TaxMode } from "./tax-pieces.ts";
import { type Both, nothing, shareOf, subtract, sumOf } from "./two-amounts.ts";

/**
 * Spreads an amount that a person credits over the rates, in proportion to what is left at each: a reduction of the
 * price lowers base and tax alike (Directive 2006/112/EC, art. 90; § 17 UStG).
 *
 * What stays is worked out, and the credit is the rest of what is left: so any number of credits one after the other
 * leaves neither a tax nor an amount in the shop's currency at a rate whose amount is gone.
 *
 * @param amount with tax, in minor units of the document's currency; at most what is left
 * @param left what is left of each thing, with its taxes
 * @param title printed on the lines
 * @returns a piece for each set of rates, which sum to the amount exactly
 */
export function creditAmount(amount: bigint, left: Piece[], { included }: TaxMode, title: string): Piece[] {
  // A rounding is of no rate; when its turn comes it is undone by itself.
  const lines = left.filter(({ kind }) => kind !== "rounding");
  const groups = [...Map.groupBy(lines, comboOf).values()]
    .map((pieces) => ({ pieces, gross: sumOf(pieces.map((piece) => grossOf(piece, included))).presentment }))
    .filter(({ gross }) => gross > 0n);
  const parts = shareOut(
    amount,
    groups.map(({ gross }) => gross),
  );
  return groups.flatMap(({ pieces, gross }, at) => {
    const part = parts[at] ?? 0n;
    if (part === 0n) return [];
    const base = { kind: "adjustment" as const, key: creditKey, title, details: null };
    const credited = withoutRest(pieces, { stays: gross - part, gross }, included);
    return [{ ...base, quantity: 0, unitPrice: nothing, ...credited }];
  });
}

/** What is left of some pieces with the same rates, less the part that stays. */
function withoutRest(
  pieces: Piece[],
  { stays, gross }: { stays: bigint; gross: bigint },
  included: boolean,
): Pick<Piece, "amount" | "taxes"> {
  const amount = sumOf(pieces.map((piece) => piece.amount));
  const kept = shareOf(amount, stays, gross);
  const taxes = (pieces[0]?.taxes ?? []).map(({ label }, at) => {
    const tax = sumOf(pieces.map((piece) => piece.taxes[at]?.tax ?? nothing));
    return { label, tax, stays: shareOf(tax, stays, gross) };
  });
  // With its taxes it is to stay exactly so much in the document's currency.
  const net = stays - (included ? 0n : sumOf(taxes.map((one) => one.stays)).presentment);
  const rest: Both = { presentment: net, shop: kept.shop };
  return {
    amount: subtract(amount, rest),
    taxes: taxes.map(({ label, tax, stays: staying }) => ({ label, tax: subtract(tax, staying) })),
  };
}
