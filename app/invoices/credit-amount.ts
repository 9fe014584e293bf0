import { shareOut } from "../taxes/round.ts";
import { comboOf, type Piece } from "./piece.ts";
import { creditKey } from "./read-ledger.ts";
import { takePart } from "./take-part.ts";
import { grossOf, type TaxMode } from "./tax-pieces.ts";
import { type Both, nothing, shareOf, sumOf } from "./two-amounts.ts";

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
    .map((pieces) => ({ pieces, gross: sumOf(pieces.map((piece) => grossOf(piece, included))) }))
    .filter(({ gross }) => gross.presentment > 0n);
  const parts = shareOut(
    amount,
    groups.map(({ gross }) => gross.presentment),
  );
  return groups.flatMap(({ pieces, gross }, at) => {
    const presentment = parts[at] ?? 0n;
    if (presentment === 0n) return [];
    const stays = shareOf(gross, gross.presentment - presentment, gross.presentment);
    const part: Both = { presentment, shop: gross.shop - stays.shop };
    const base = { kind: "adjustment" as const, key: creditKey, title, details: null };
    return [{ ...base, quantity: 0, unitPrice: nothing, ...takePart(pieces, part, included) }];
  });
}
