import { comboOf, type Piece } from "./piece.ts";
import { add, nothing } from "./two-amounts.ts";

/** Adds pieces of one thing up by their rates: those of `more` to what is there already. */
export function mergePieces(pieces: Piece[], more: Piece[]): Piece[] {
  const rest = more.filter((piece) => !pieces.some((one) => comboOf(one) === comboOf(piece)));
  const merged = pieces.map((piece) => {
    const same = more.find((one) => comboOf(one) === comboOf(piece));
    if (!same) return piece;
    const taxes = piece.taxes.map(({ label, tax }, at) => ({
      label,
      tax: add(tax, same.taxes[at]?.tax ?? nothing),
    }));
    return { ...piece, amount: add(piece.amount, same.amount), taxes };
  });
  return [...merged, ...rest];
}
