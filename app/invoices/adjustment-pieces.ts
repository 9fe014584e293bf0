import { changeWords } from "../documents/languages/change-words.ts";
import type { BillAdjustment } from "./bill.ts";
import type { TaxContext } from "./classify-tax.ts";
import { grossOfAdjustment } from "./explain-total.ts";
import { mergePieces } from "./merge-pieces.ts";
import { comboOf, type Piece } from "./piece.ts";
import type { Ledger } from "./read-ledger.ts";
import { shareBoth, splitAdjustment } from "./split-adjustment.ts";
import { takePart } from "./take-part.ts";
import { grossOf, totalOf } from "./tax-pieces.ts";
import { add, type Both, fromText, isNothing, negate, nothing, subtract, sumOf } from "./two-amounts.ts";

/**
 * Refunds by amount as pieces of what an order's documents should say.
 *
 * One that a person has credited by hand already makes no second credit note: the oldest first, they use up what was
 * credited by amount. One that goes the other way, because Shopify gave back less for lines than they were worth,
 * takes earlier ones back at the rates that these were spread over.
 */
export function adjustmentPieces(
  adjustments: BillAdjustment[],
  lines: Piece[],
  { bill, language }: TaxContext,
  ledger: Ledger,
): Piece[] {
  const included = bill.taxesIncluded;
  let pool = ledger.creditedByAmount;
  const pieces: Piece[] = [];
  for (const adjustment of adjustments) {
    const issued = ledger.entries
      .filter(({ piece }) => piece.key === adjustment.key)
      .map(({ piece, issued: { amount, taxes } }) => ({ ...piece, amount, taxes }));
    const missing = subtract(grossOfAdjustment(adjustment), totalOf(issued, included));
    const absorbed = absorb(missing, pool);
    pool = subtract(pool, absorbed);
    const gross = add(missing, absorbed);
    if (isNothing(gross)) {
      pieces.push(...issued);
      continue;
    }
    const title = changeWords[language].adjustment;
    const base = { kind: "adjustment" as const, key: adjustment.key, title, details: null };
    const back = takeBack(base, gross, pieces, included);
    const rest = subtract(gross, totalOf(back, included));
    const told = issued.length + back.length === 0 && isNothing(absorbed) ? fromText(adjustment.tax) : nothing;
    const more = isNothing(rest) ? [] : splitAdjustment(base, { gross: rest, told }, { onto: lines, included });
    pieces.push(...mergePieces(issued, mergePieces(back, more)));
  }
  return pieces;
}

/** How much of a refund the pool of hand-made credits covers. */
function absorb(missing: Both, pool: Both): Both {
  if (missing.presentment >= 0n || pool.presentment <= 0n) return nothing;
  if (-missing.presentment <= pool.presentment)
    return { presentment: -missing.presentment, shop: -missing.shop };
  return pool;
}

/** What an amount that was given back less takes back of the refunds before it, at most all of them. */
function takeBack(
  base: Pick<Piece, "kind" | "key" | "title" | "details">,
  gross: Both,
  earlier: Piece[],
  included: boolean,
): Piece[] {
  if (gross.presentment <= 0n || gross.shop <= 0n) return [];
  const groups = [...Map.groupBy(earlier, comboOf).values()]
    .map((pieces) => ({ pieces, gross: negate(sumOf(pieces.map((piece) => grossOf(piece, included)))) }))
    .filter((group) => group.gross.presentment > 0n && group.gross.shop > 0n);
  const open = sumOf(groups.map((group) => group.gross));
  const least = (currency: keyof Both) => (gross[currency] < open[currency] ? gross[currency] : open[currency]);
  const parts = shareBoth(
    { presentment: least("presentment"), shop: least("shop") },
    groups.map((group) => group.gross),
  );
  return groups.flatMap(({ pieces }, at) => {
    const part = parts[at] ?? nothing;
    if (isNothing(part)) return [];
    const taken = takePart(pieces, negate(part), included);
    const taxes = taken.taxes.map(({ label, tax }) => ({ label, tax: negate(tax) }));
    return [{ ...base, quantity: 0, unitPrice: nothing, amount: negate(taken.amount), taxes }];
  });
}
