import { changeWords } from "../documents/languages/change-words.ts";
import type { BillAdjustment } from "./bill.ts";
import type { TaxContext } from "./classify-tax.ts";
import { grossOfAdjustment } from "./explain-total.ts";
import { mergePieces } from "./merge-pieces.ts";
import { comboOf, negatePiece, type Piece } from "./piece.ts";
import type { Ledger } from "./read-ledger.ts";
import { shareBoth, splitAdjustment } from "./split-adjustment.ts";
import { takePart } from "./take-part.ts";
import { totalOf } from "./tax-pieces.ts";
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
    const told = issued.length === 0 && isNothing(absorbed) ? fromText(adjustment.tax) : nothing;
    const before = gross.presentment < 0n ? [...lines, ...pieces, ...issued] : pieces;
    const worked = takeFrom(before, base, gross, included);
    const taken = gross.presentment > 0n || agrees(worked, told) ? worked : [];
    const rest = subtract(gross, totalOf(taken, included));
    // What goes beyond all that is left is a rounding at most, and has no rate.
    const onto = taken.length > 0 && gross.presentment < 0n ? [] : lines;
    const more = isNothing(rest) ? [] : splitAdjustment(base, { gross: rest, told }, { onto, included });
    pieces.push(...mergePieces(issued, mergePieces(taken, more)));
  }
  const title = changeWords[language].adjustment;
  const base = { kind: "adjustment" as const, key: spreadKey, title, details: null };
  return [...pieces, ...spreadAgain(base, lines, pieces, included)];
}

/** The key of what was moved from one rate to another. */
const spreadKey = "adjustment-rates";

type Base = Pick<Piece, "kind" | "key" | "title" | "details">;

/** How much of a refund the pool of hand-made credits covers. */
function absorb(missing: Both, pool: Both): Both {
  if (missing.presentment >= 0n || pool.presentment <= 0n) return nothing;
  if (-missing.presentment <= pool.presentment)
    return { presentment: -missing.presentment, shop: -missing.shop };
  return pool;
}

/**
 * Takes an amount out of pieces in proportion to what they come to at each of their rates, at most all of it: of lines
 * and refunds so far when it is negative, of the refunds alone when it gives some of them back.
 */
function takeFrom(before: Piece[], base: Base, gross: Both, included: boolean): Piece[] {
  const sign = gross.presentment < 0n ? 1n : -1n;
  const size = (both: Both): Both => ({ presentment: sign * both.presentment, shop: sign * both.shop });
  const groups = groupByRates(before, included).filter(
    (group) => size(group.gross).presentment > 0n && size(group.gross).shop > 0n,
  );
  const open = sumOf(groups.map((group) => size(group.gross)));
  const wanted = negate(size(gross));
  if (wanted.shop <= 0n) return [];
  const parts = shareBoth(
    least(wanted, open),
    groups.map((group) => size(group.gross)),
  );
  return groups.flatMap(({ pieces }, at) => takeOut(base, pieces, size(parts[at] ?? nothing), included));
}

/** The mirror of a part of some pieces with the same rates. */
function takeOut(base: Base, pieces: Piece[], part: Both, included: boolean): Piece[] {
  if (isNothing(part)) return [];
  return [negatePiece({ ...base, quantity: 0, unitPrice: nothing, ...takePart(pieces, part, included) })];
}

/**
 * Moves refunds by amount to other rates where lines went that they were spread over: no rate may come to less than
 * nothing while there is something left at another. Worked out anew from lines and refunds each time.
 */
function spreadAgain(base: Base, lines: Piece[], refunds: Piece[], included: boolean): Piece[] {
  if (refunds.length === 0) return [];
  const groups = groupByRates([...lines, ...refunds], included);
  const over = groups.filter(
    ({ gross: { presentment, shop }, pieces }) =>
      (presentment < 0n || (presentment === 0n && shop !== 0n)) && pieces[0]?.taxes.length !== 0,
  );
  if (over.length === 0) return [];
  const moved = negate(sumOf(over.map(({ gross }) => gross)));
  const open = groups.filter(({ gross }) => gross.presentment > 0n && gross.shop > 0n);
  const part = least(moved, sumOf(open.map(({ gross }) => gross)));
  const parts = shareBoth(
    part,
    open.map(({ gross }) => gross),
  );
  const untaxed = { ...base, quantity: 0, unitPrice: nothing, amount: subtract(part, moved), taxes: [] };
  const pieces = [
    ...over.flatMap((group) => takeOut(base, group.pieces, group.gross, included)),
    ...open.flatMap((group, at) => takeOut(base, group.pieces, parts[at] ?? nothing, included)),
  ];
  return isNothing(untaxed.amount) ? pieces : mergePieces(pieces, [untaxed]);
}

/** Whether a tax that Shopify tells is the one worked out, each product of which was rounded; none told agrees. */
function agrees(pieces: Piece[], told: Both): boolean {
  const taxes = pieces.flatMap((piece) => piece.taxes.map(({ tax }) => tax));
  const off = subtract(sumOf(taxes), told);
  const bound = BigInt(taxes.length);
  return isNothing(told) || [off.presentment, off.shop].every((one) => one <= bound && -one <= bound);
}

const groupByRates = (pieces: Piece[], included: boolean) =>
  [...Map.groupBy(pieces, comboOf).values()].map((group) => ({
    pieces: group,
    gross: totalOf(group, included),
  }));

const least = (a: Both, b: Both): Both => ({
  presentment: a.presentment < b.presentment ? a.presentment : b.presentment,
  shop: a.shop < b.shop ? a.shop : b.shop,
});
