import { identityOf, type Piece, withoutQuantity } from "./piece.ts";
import { creditKey, type Ledger, type LedgerEntry, type Standing } from "./read-ledger.ts";
import {
  add,
  type Both,
  isNothing,
  negate,
  nothing,
  shareOf,
  subtract,
  sumOf,
  times,
} from "./two-amounts.ts";

/** How one thing at one set of rates differs from what the documents say of it. Amounts are as printed. */
export interface Change {
  piece: Piece;
  taken: Piece | null;
  added: Piece | null;
  /** By how much each tax must rise for the documents to be right. */
  taxes: Both[];
  /** A person has credited some of it. */
  isByHand: boolean;
  /** What is to stay of it: what the order has, less what a person has credited ahead of Shopify. */
  stays: Both;
  /** Its taxes as all documents say them together, credits by hand included. */
  left: Both[];
}

/** Compares thing by thing; taxes of what was taken and added are still to be shared out. */
export function findChanges(target: Piece[], ledger: Ledger): Change[] {
  const issued = new Map(ledger.entries.map((entry) => [identityOf(entry.piece), entry]));
  const wanted = new Map(target.map((piece) => [identityOf(piece), piece]));
  const identities = new Set([...wanted.keys(), ...issued.keys()]);
  return [...identities].flatMap((identity) => {
    const change = findChange(wanted.get(identity), issued.get(identity));
    return change && change.piece.key !== creditKey ? [change] : [];
  });
}

function findChange(wanted: Piece | undefined, entry: LedgerEntry | undefined): Change | null {
  const piece = wanted ?? entry?.piece;
  if (!piece) return null;
  const before: Standing = entry?.issued ?? { quantity: 0, amount: nothing, taxes: [] };
  const byHand: Standing = entry?.byHand ?? { quantity: 0, amount: nothing, taxes: [] };
  const amount = subtract(wanted?.amount ?? nothing, before.amount);
  const quantity = (wanted?.quantity ?? 0) - before.quantity;
  const caughtUp = catchUp(amount, byHand.amount);
  const taxes = piece.taxes.map((_, at) => {
    const change = subtract(wanted?.taxes[at]?.tax ?? nothing, before.taxes[at]?.tax ?? nothing);
    const hand = byHand.taxes[at]?.tax ?? nothing;
    return caughtUp === 0n ? change : add(change, shareOf(hand, caughtUp, sizeOf(byHand.amount.presentment)));
  });
  const sides = isNothing(byHand.amount)
    ? isNothing(amount) && piece.kind === "adjustment"
      ? taxSides(piece, sumOf(taxes))
      : bothSides(piece, entry?.piece ?? piece, before, { amount, quantity })
    : afterHand(piece, { amount, quantity }, byHand);
  const credited = sizeOf(byHand.amount.presentment);
  const ahead = credited === 0n ? nothing : shareOf(byHand.amount, credited - caughtUp, credited);
  return {
    piece,
    taxes,
    isByHand: !isNothing(byHand.amount),
    stays: subtract(wanted?.amount ?? nothing, ahead),
    left: piece.taxes.map((_, at) =>
      subtract(before.taxes[at]?.tax ?? nothing, byHand.taxes[at]?.tax ?? nothing),
    ),
    ...sides,
  };
}

/** How much of a fall a hand-made credit has anticipated; of a rise, where what it credited was negative. */
function catchUp(amount: Both, byHand: Both): bigint {
  const [change, hand] = [amount.presentment, byHand.presentment];
  if (change === 0n || hand === 0n || change < 0n === hand < 0n) return 0n;
  return sizeOf(change) < sizeOf(hand) ? sizeOf(change) : sizeOf(hand);
}

const sizeOf = (minor: bigint) => (minor < 0n ? -minor : minor);

type Sides = Pick<Change, "taken" | "added">;

function bothSides(piece: Piece, old: Piece, before: Standing, { amount, quantity }: Difference): Sides {
  if (isNothing(amount)) return { taken: null, added: null };
  const isFall = amount.presentment === 0n ? amount.shop < 0n : amount.presentment < 0n;
  const count = isFall ? -quantity : quantity;
  const changed = isFall ? { ...old, amount: negate(amount) } : { ...piece, amount };
  const isPlain = count >= 0 && fits(changed, count);
  // More pieces for less money, or at another price: what was invoiced is taken back whole and invoiced anew.
  if (!isPlain && quantity !== 0 && !isNothing(before.amount) && before.quantity > 0 && piece.quantity > 0) {
    return { taken: { ...old, quantity: before.quantity, amount: before.amount }, added: piece };
  }
  const line = isPlain && count > 0 ? { ...changed, quantity: count } : withoutQuantity(changed);
  return isFall ? { taken: line, added: null } : { taken: null, added: line };
}

/** Of a refund by amount the tax alone may change: a minor unit that was rounded otherwise. */
function taxSides(piece: Piece, { presentment, shop }: Both): Sides {
  const rise = presentment === 0n ? shop : presentment;
  if (rise === 0n) return { taken: null, added: null };
  const line = { ...withoutQuantity(piece), amount: nothing };
  return rise < 0n ? { taken: line, added: null } : { taken: null, added: line };
}

interface Difference {
  amount: Both;
  quantity: number;
}

/**
 * Where a person credited some of it: a fall counts beyond what they credited, a rise beyond what was there before
 * it, so that neither the refund that follows nor its absence makes a document.
 */
function afterHand(piece: Piece, { amount, quantity }: Difference, byHand: Standing): Sides {
  if (byHand.amount.presentment < 0n) {
    // A rounding may be negative: its mirror image falls where it rises.
    const mirrored = afterHand(
      piece,
      { amount: negate(amount), quantity },
      { ...byHand, amount: negate(byHand.amount) },
    );
    return { taken: mirrored.added, added: mirrored.taken };
  }
  if (amount.presentment > 0n) {
    const line = { ...piece, amount };
    return {
      taken: null,
      added: quantity > 0 && fits(line, quantity) ? { ...line, quantity } : withoutQuantity(line),
    };
  }
  const fall = negate(add(amount, byHand.amount));
  if (fall.presentment <= 0n) return { taken: null, added: null };
  const line = { ...piece, amount: fall };
  const count = -(quantity + byHand.quantity);
  return {
    taken: count > 0 && fits(line, count) ? { ...line, quantity: count } : withoutQuantity(line),
    added: null,
  };
}

/** Whether so many at the unit price are at least the amount, so that the rest reads as a discount. */
const fits = (piece: Piece, count: number) =>
  times(piece.unitPrice, count).presentment >= piece.amount.presentment;
