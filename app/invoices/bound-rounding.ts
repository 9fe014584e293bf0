import type { Piece } from "./piece.ts";
import { type Ledger, leftOf } from "./read-ledger.ts";
import { grossOf, totalOf } from "./tax-pieces.ts";
import { add, type Both, isNothing, nothing, shareOf, subtract, sumOf } from "./two-amounts.ts";

interface Changes {
  taken: Piece[];
  added: Piece[];
}

/**
 * Keeps a negative rounding line from making an order's documents come to less than nothing.
 *
 * Where a person has credited ahead of Shopify everything can be gone at every rate while Shopify's figures still
 * have the rounding of what it has not refunded yet. The rounding then goes with the last of the things, as far as
 * that takes, and does not come back alone.
 */
export function boundRounding({ taken, added }: Changes, ledger: Ledger, included: boolean): Changes {
  const isRounding = ({ kind }: Piece) => kind === "rounding";
  const entries = ledger.entries.map((entry) => ({ ...entry.piece, ...leftOf(entry) }));
  const stays = (of: (piece: Piece) => boolean) =>
    add(
      subtract(totalOf(entries.filter(of), included), totalOf(taken.filter(of), included)),
      totalOf(added.filter(of), included),
    );
  const short = stays(() => true).presentment;
  const rounding = stays(isRounding);
  if (short >= 0n || rounding.presentment > short) return { taken, added };
  const back = shareOf(rounding, -short, -rounding.presentment);
  const line = [...taken, ...added, ...entries].find(isRounding);
  if (!line) return { taken, added };
  const others = taken.filter((piece) => !isRounding(piece));
  const amount = add(back, sumOf(taken.filter(isRounding).map((piece) => grossOf(piece, included))));
  return { taken: isNothing(amount) ? others : [...others, roundingOf(line, amount)], added };
}

const roundingOf = (line: Piece, amount: Both): Piece => ({
  ...line,
  quantity: 0,
  unitPrice: nothing,
  amount,
});
