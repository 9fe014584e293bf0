import { comboOf, negatePiece, type Piece } from "./piece.ts";
import { grossOf, totalOf } from "./tax-pieces.ts";
import { nothing, sumOf } from "./two-amounts.ts";

/**
 * Where lines go that an earlier refund by amount had lowered, what takes that refund back is taken off the credit
 * note of the lines: an invoice that says nothing else would only puzzle whoever gets it.
 *
 * Stays as it is where something is really added, or where the credit note would come to nothing or a tax on it to
 * less.
 *
 * @param title of the lines: "already credited"
 */
export function foldAdjustments(
  { taken, added }: { taken: Piece[]; added: Piece[] },
  included: boolean,
  title: string,
): { taken: Piece[]; added: Piece[] } {
  if (added.length === 0 || !added.every(({ kind }) => kind === "adjustment")) return { taken, added };
  const folded = [...taken, ...added.map((piece) => ({ ...negatePiece(piece), title }))];
  const hasLess = [...Map.groupBy(folded, comboOf).values()].some((pieces) => {
    const taxes = (pieces[0]?.taxes ?? []).map((_, at) =>
      sumOf(pieces.map((piece) => piece.taxes[at]?.tax ?? nothing)),
    );
    const gross = sumOf(pieces.map((piece) => grossOf(piece, included)));
    return [gross, ...taxes].some(({ presentment, shop }) => presentment < 0n || shop < 0n);
  });
  return hasLess || totalOf(folded, included).presentment <= 0n
    ? { taken, added }
    : { taken: folded, added: [] };
}
