import { divideHalfUp } from "../taxes/round.ts";
import type { Piece } from "./piece.ts";
import { grossOf } from "./tax-pieces.ts";
import { type Both, nothing, sumOf } from "./two-amounts.ts";

const currencies = ["presentment", "shop"] as const;

/**
 * Takes a part, with tax, out of pieces that bear the same rates. The taxes that stay are worked out, and the part gets
 * the rest of them: so whatever is taken one after the other, no tax is left once the amount is gone.
 *
 * @param part of the pieces' sum, in each currency of the same sign as that and no more
 * @returns amount and taxes of the part; with its taxes the amount comes to the part exactly
 */
export function takePart(pieces: Piece[], part: Both, included: boolean): Pick<Piece, "amount" | "taxes"> {
  const gross = sumOf(pieces.map((piece) => grossOf(piece, included)));
  const amount: Both = { ...part };
  const taxes = (pieces[0]?.taxes ?? []).map(({ label }, at) => {
    const all = sumOf(pieces.map((piece) => piece.taxes[at]?.tax ?? nothing));
    const tax: Both = { ...all };
    for (const currency of currencies) {
      tax[currency] -= shareOfSigned(all[currency], gross[currency] - part[currency], gross[currency]);
      if (!included) amount[currency] -= tax[currency];
    }
    return { label, tax };
  });
  return { amount, taxes };
}

const shareOfSigned = (tax: bigint, part: bigint, whole: bigint) =>
  whole === 0n ? 0n : whole < 0n ? divideHalfUp(tax * -part, -whole) : divideHalfUp(tax * part, whole);
