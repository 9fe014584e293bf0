import { shareOut } from "../taxes/round.ts";
import { type Change, findChanges } from "./find-changes.ts";
import { comboOf, identityOf, negatePiece, type Piece, withoutQuantity } from "./piece.ts";
import { creditKey, type Ledger, type LedgerEntry, leftOf, type Standing } from "./read-ledger.ts";
import { type TaxMode, taxPieces } from "./tax-pieces.ts";
import { add, type Both, isNothing, negate, nothing, subtract, sumOf } from "./two-amounts.ts";

const currencies = ["presentment", "shop"] as const;

/**
 * What lies between the documents of an order and what they should say: `taken` for a credit note, `added` for a
 * further invoice, both with the sign that they are printed with.
 *
 * Taxes are differences too, not computed anew from the lines that changed: so what the documents say together is
 * the target, for each rate, to the minor unit. With rounding by document the lines of the same rates are rounded
 * together, hence their taxes are compared together and shared out to the lines that changed.
 */
export function compareIssued(
  target: Piece[],
  ledger: Ledger,
  mode: TaxMode,
  words: { alreadyCredited: string; rounding: string },
): { taken: Piece[]; added: Piece[] } {
  const changes = findChanges(target, ledger);
  const isTaxedTogether = ({ kind }: Piece) => mode.rounding === "document" && kind !== "adjustment";
  const groups = Map.groupBy(changes, ({ piece }) =>
    isTaxedTogether(piece) ? comboOf(piece) : identityOf(piece),
  );
  const [taken, added]: [Piece[], Piece[]] = [[], []];
  for (const group of groups.values()) {
    const sides = taxGroup(group, mode);
    taken.push(...sides.taken);
    added.push(...sides.added);
  }
  taken.push(...takeBackHandMade(taken, ledger, words.alreadyCredited));
  for (const rest of restsAtRates(ledger, { taken, added })) {
    const piece: Piece = { ...rest, kind: "adjustment", key: "rounding-tax", title: words.rounding };
    if (sizeOf(piece) > 0n || bears(taken, piece)) taken.push(piece);
    else added.push(negatePiece(piece));
  }
  return { taken, added };
}

/**
 * What would be left of a tax, or in the shop's currency, although nothing is left that bears it. A credit by hand
 * rounds its own figures, so once everything at its rates is gone a minor unit of them can remain.
 */
function restsAtRates(ledger: Ledger, { taken, added }: { taken: Piece[]; added: Piece[] }) {
  const isOf = (combo: string) => (piece: Piece) => comboOf(piece) === combo;
  return [...Map.groupBy(ledger.entries, ({ piece }) => comboOf(piece))].flatMap(([combo, entries]) => {
    const piece = entries[0]?.piece;
    if (!piece || piece.taxes.length === 0 || entries.every(({ byHand }) => isNothing(byHand.amount)))
      return [];
    const stays = [...entries.map(leftOf), ...added.filter(isOf(combo))];
    const goes = taken.filter(isOf(combo));
    const rest = (of: (sums: Sums) => Both) => subtract(sumOf(stays.map(of)), sumOf(goes.map(of)));
    const amount = rest((sums) => sums.amount);
    if (amount.presentment !== 0n) return [];
    const taxes = piece.taxes.map(({ label }, at) => ({
      label,
      tax: rest((sums) => sums.taxes[at]?.tax ?? nothing),
    }));
    if (isNothing(amount) && taxes.every(({ tax }) => isNothing(tax))) return [];
    return [{ ...withoutQuantity(piece), details: null, amount, taxes }];
  });
}

/** Whether pieces at the same rates can take a rest with them without a tax that turns negative. */
function bears(pieces: Piece[], rest: Piece): boolean {
  const same = pieces.filter((piece) => comboOf(piece) === comboOf(rest));
  const taxes = rest.taxes.map(({ tax }, at) =>
    sumOf([tax, ...same.map((one) => one.taxes[at]?.tax ?? nothing)]),
  );
  return same.length > 0 && taxes.every(({ presentment, shop }) => presentment >= 0n && shop >= 0n);
}

/** The taxes of a piece that has nothing else, to tell which way it goes. */
function sizeOf({ taxes }: Piece): bigint {
  const { presentment, shop } = sumOf(taxes.map(({ tax }) => tax));
  return presentment === 0n ? shop : presentment;
}

/** Gives the changed lines of a group their taxes. */
function taxGroup(group: Change[], mode: TaxMode): { taken: Piece[]; added: Piece[] } {
  const down = group.flatMap(({ taken }) => taken ?? []);
  const up = group.flatMap(({ added }) => added ?? []);
  if (down.length + up.length === 0) return { taken: [], added: [] };
  const labels = group[0]?.piece.taxes ?? [];
  const change = labels.map((_, at) => taxChange(group, mode, at));
  if (up.length === 0) return { taken: shareTaxes(down, change.map(negate)), added: [] };
  if (down.length === 0) return { taken: [], added: shareTaxes(up, change) };

  const lowered = taxPieces(down, mode);
  const taken = change.map((both, at) => {
    const alone = sumOf(lowered.map((piece) => piece.taxes[at]?.tax ?? nothing));
    // Neither side may come out with a negative tax for the sake of a rounding.
    const atLeast = (currency: keyof Both) =>
      both[currency] + alone[currency] < 0n ? -both[currency] : alone[currency];
    return { presentment: atLeast("presentment"), shop: atLeast("shop") };
  });
  return {
    taken: shareTaxes(down, taken),
    added: shareTaxes(
      up,
      change.map((both, at) => add(both, taken[at] ?? nothing)),
    ),
  };
}

/**
 * By how much one tax of a group must rise. With rounding by document a credit by hand moves the rounding of what
 * stays, so the tax is worked out anew on what stays without it.
 */
function taxChange(group: Change[], mode: TaxMode, at: number): Both {
  const isReckonedAnew =
    mode.rounding === "document" &&
    group.some(({ isByHand, piece }) => isByHand && piece.kind !== "adjustment");
  if (!isReckonedAnew) return sumOf(group.map((one) => one.taxes[at] ?? nothing));
  const stays = taxPieces(
    group.map(({ piece, stays: amount }) => ({ ...piece, amount })),
    mode,
  );
  return subtract(
    sumOf(stays.map(({ taxes }) => taxes[at]?.tax ?? nothing)),
    sumOf(group.map(({ left }) => left[at] ?? nothing)),
  );
}

/** Shares each tax out to the pieces by their amounts. */
function shareTaxes(pieces: Piece[], taxes: Both[]): Piece[] {
  const shares = taxes.map((tax) => {
    const [presentment, shop] = currencies.map((currency) =>
      shareOut(
        tax[currency],
        pieces.map(({ amount }) => amount[currency]),
      ),
    );
    return pieces.map((_, at): Both => ({ presentment: presentment?.[at] ?? 0n, shop: shop?.[at] ?? 0n }));
  });
  return pieces.map((piece, at) => ({
    ...piece,
    taxes: piece.taxes.map(({ label }, tax) => ({ label, tax: shares[tax]?.[at] ?? nothing })),
  }));
}

/**
 * Where a person has credited an amount and Shopify now refunds so much that more would be credited than was invoiced
 * at those rates, the hand-made credit is taken back as far as that goes.
 */
function takeBackHandMade(taken: Piece[], ledger: Ledger, title: string): Piece[] {
  const byCombo = Map.groupBy(ledger.entries, ({ piece }) => comboOf(piece));
  return [...byCombo].flatMap(([combo, entries]) => {
    const open = entries.find(({ piece }) => piece.key === creditKey);
    if (!open) return [];
    const now = taken.filter((piece) => comboOf(piece) === combo);
    const back = takeBack(open, exceed(now, entries.map(leftOf), open.piece.taxes.length));
    return back ? [{ ...open.piece, kind: "adjustment", title, details: null, ...back } satisfies Piece] : [];
  });
}

type Sums = Pick<Standing, "amount" | "taxes">;

interface Excess {
  amount: Both;
  taxes: Both[];
}

/** By how much pieces come to more than what is left, with each of their taxes. */
function exceed(now: Sums[], left: Sums[], taxes: number): Excess {
  const more = (of: (sums: Sums) => Both) => subtract(sumOf(now.map(of)), sumOf(left.map(of)));
  return {
    amount: more(({ amount }) => amount),
    taxes: Array.from({ length: taxes }, (_, at) => more((sums) => sums.taxes[at]?.tax ?? nothing)),
  };
}

function takeBack({ byHand, issued }: LedgerEntry, excess: Excess) {
  const credit = subtract(byHand.amount, issued.amount);
  if (excess.amount.presentment <= 0n || credit.presentment <= 0n) return null;
  // As long as that suffices, nothing is left at these rates, and no cent of their taxes.
  const isAll = excess.amount.presentment >= credit.presentment;
  return {
    quantity: 0,
    unitPrice: nothing,
    amount: negate(isAll ? credit : excess.amount),
    taxes: byHand.taxes.map(({ label, tax }, at) => {
      const open = subtract(tax, issued.taxes[at]?.tax ?? nothing);
      return { label, tax: negate(isAll ? open : (excess.taxes[at] ?? nothing)) };
    }),
  };
}
