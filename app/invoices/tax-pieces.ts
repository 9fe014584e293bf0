import { computeTaxes } from "../taxes/compute-taxes.ts";
import type { Piece } from "./piece.ts";
import { add, type Both, nothing, sumOf } from "./two-amounts.ts";

export interface TaxMode {
  included: boolean;
  rounding: "line" | "document";
}

/** Writes the taxes of pieces from their amounts, in both currencies, each by itself. */
export function taxPieces(pieces: Piece[], mode: TaxMode): Piece[] {
  const side = (currency: keyof Both) =>
    computeTaxes(
      pieces.map(({ amount, taxes }) => ({
        amount: amount[currency],
        rates: taxes.map(({ label }) => label.rate),
      })),
      mode,
    ).lines;
  const [presentment, shop] = [side("presentment"), side("shop")];
  return pieces.map((piece, index) => ({
    ...piece,
    taxes: piece.taxes.map(({ label }, at) => ({
      label,
      tax: {
        presentment: presentment[index]?.taxes[at] ?? 0n,
        shop: shop[index]?.taxes[at] ?? 0n,
      },
    })),
  }));
}

export const taxOf = (piece: Piece): Both => sumOf(piece.taxes.map(({ tax }) => tax));

/** What a piece comes to with its taxes. */
export const grossOf = (piece: Piece, included: boolean): Both =>
  included ? piece.amount : add(piece.amount, taxOf(piece));

export const totalOf = (pieces: Piece[], included: boolean): Both =>
  pieces.reduce((sum, piece) => add(sum, grossOf(piece, included)), nothing);
