import type { DocumentContent } from "../documents/document.ts";
import { type ChangeWords, changeWords } from "../documents/languages/change-words.ts";
import type { Bill } from "./bill.ts";
import { compareIssued } from "./compare-issued.ts";
import { refersTo } from "./compose-documents.ts";
import { creditAmount } from "./credit-amount.ts";
import { toContent } from "./document-content.ts";
import { frameOf, type Subject } from "./document-frame.ts";
import { comboOf, type Piece } from "./piece.ts";
import { type Ledger, type LedgerEntry, leftOf, readLedger } from "./read-ledger.ts";
import { type TaxMode, taxPieces, totalOf } from "./tax-pieces.ts";
import { type Both, fromText, isNothing, nothing, shareOf, subtract, sumOf, times } from "./two-amounts.ts";

/** What a person wants to credit. Amounts are minor units of the document's currency, with tax. */
export type CreditChoice =
  | { by: "lines"; lines: { key: string; quantity: number }[] }
  | { by: "amount"; amountMinor: string };

export type ComposedCredit =
  /** `staffReason` is the reason in English, as the screens are, unless a person has typed it. */
  | { outcome: "credit_note"; content: DocumentContent; staffReason: string | null }
  | { outcome: "nothing_left" }
  /** What is left to credit, with tax. */
  | { outcome: "too_much"; leftMinor: string }
  /** The choice names nothing that is on an invoice, or comes to nothing. */
  | { outcome: "empty" };

export type CreditSubject = Omit<Subject, "cause"> & {
  choice: CreditChoice;
  /** Printed on the credit note; null prints what it amounts to in the document's language. */
  reason: string | null;
};

/**
 * Composes a credit note that a person makes, by quantities of lines or by an amount, never more than is left of what
 * was invoiced. An amount is spread over the rates in proportion to what is left at each; all that is left is
 * credited line by line, so that nothing remains at any rate.
 *
 * Issue it with `byHand`: when Shopify later tells of a refund of the same thing, that makes no second one.
 */
export function composeCreditNote({ choice, reason, ...rest }: CreditSubject): ComposedCredit {
  const subject: Subject = { ...rest, cause: "by_hand" };
  const { frame, mode, context } = frameOf(subject);
  const ledger = readLedger(subject.issued);
  const left = ledger.entries.map(pieceLeft).filter(isLeft);
  const total = totalOf(left, mode.included);
  if (total.presentment <= 0n) return { outcome: "nothing_left" };
  const tooMuch = { outcome: "too_much" as const, leftMinor: total.presentment.toString() };

  const words = changeWords[context.language];
  let pieces: Piece[];
  if (choice.by === "amount") {
    const amount = BigInt(choice.amountMinor);
    if (amount > total.presentment) return tooMuch;
    pieces = amount === total.presentment ? left : creditAmount(amount, left, mode, words.adjustment);
  } else {
    const credited = creditLines(choice.lines, subject.bill, ledger, mode);
    if (!credited || exceedsRates(credited, left)) return tooMuch;
    pieces = credited;
  }
  const gross = totalOf(pieces, mode.included).presentment;
  if (gross <= 0n) return { outcome: "empty" };
  if (gross > total.presentment) return tooMuch;
  const reasonIn = ({ adjustment }: Pick<ChangeWords, "adjustment">) =>
    reason ?? (choice.by === "amount" ? adjustment : null);
  const content = toContent(
    "credit_note",
    {
      ...frame,
      termsDays: null,
      reason: reasonIn(words),
      refersTo: refersTo(subject.issued, pieces),
    },
    pieces,
  );
  return { outcome: "credit_note", content, staffReason: reasonIn(changeWords.en) };
}

const pieceLeft = (entry: LedgerEntry): Piece => {
  const left = leftOf(entry);
  // A negative quantity would be the trace of amounts credited without one.
  const quantity = Math.max(left.quantity, 0);
  const fits = times(entry.piece.unitPrice, quantity).presentment >= left.amount.presentment;
  return { ...entry.piece, ...left, ...(fits ? { quantity } : { quantity: 0, unitPrice: nothing }) };
};

/** Null when more of a line is asked for than is left of it. */
function creditLines(
  lines: { key: string; quantity: number }[],
  bill: Bill,
  ledger: Ledger,
  mode: TaxMode,
): Piece[] | null {
  const open: Ledger = {
    ...ledger,
    entries: ledger.entries.map((entry) => ({ ...entry, issued: leftOf(entry), byHand: noneOf(entry) })),
  };
  const wanted = new Map(lines.map(({ key, quantity }) => [key, quantity]));
  const target: Piece[] = [];
  for (const entry of open.entries) {
    const count = wanted.get(entry.piece.key) ?? 0;
    const { quantity, amount, taxes } = entry.issued;
    const piece = { ...entry.piece, quantity, amount, taxes };
    const taken = Math.min(count, quantity);
    wanted.set(entry.piece.key, count - taken);
    target.push(taken > 0 ? withoutSome(piece, taken, bill, mode) : piece);
  }
  if ([...wanted.values()].some((count) => count > 0)) return null;
  const pieces = mode.rounding === "document" ? taxLinesTogether(target, mode) : target;
  // Nothing of it was credited by hand in this view, so no line needs these words.
  return compareIssued(pieces, open, mode, { alreadyCredited: "", rounding: "" }).taken;
}

/** A tax can be left of a thing whose amount is gone; it goes with all that is left. */
const isLeft = ({ amount, taxes }: Piece) => !isNothing(amount) || taxes.some(({ tax }) => !isNothing(tax));

/** A refund by amount keeps the tax it was split with, and has no part in what the lines are taxed on. */
function taxLinesTogether(pieces: Piece[], mode: TaxMode): Piece[] {
  const taxed = taxPieces(
    pieces.filter(({ kind }) => kind !== "adjustment"),
    mode,
  ).values();
  return pieces.map((piece) => (piece.kind === "adjustment" ? piece : (taxed.next().value ?? piece)));
}

/** What stays of a line: its discount is shared as it is when Shopify refunds the same. */
function withoutSome(piece: Piece, count: number, bill: Bill, mode: TaxMode): Piece {
  const line = bill.lines.find(({ key }) => key === piece.key);
  const shopPrice = line ? fromText(line.unitPrice).shop : null;
  const rest = BigInt(piece.quantity - count);
  const whole = BigInt(piece.quantity);
  const restOf = (amount: bigint, unit: bigint) => {
    const discount = unit * whole - amount;
    return unit * rest - shareOf({ presentment: discount, shop: 0n }, rest, whole).presentment;
  };
  const amount: Both = {
    presentment: restOf(piece.amount.presentment, piece.unitPrice.presentment),
    shop: shopPrice === null ? shareOf(piece.amount, rest, whole).shop : restOf(piece.amount.shop, shopPrice),
  };
  const [taxed] = taxPieces([{ ...piece, quantity: piece.quantity - count, amount }], mode);
  return taxed ?? piece;
}

/** Whether more would be credited at some rates than is left there, because an amount was credited before. */
function exceedsRates(pieces: Piece[], left: Piece[]): boolean {
  return [...Map.groupBy(pieces, comboOf)].some(([combo, group]) => {
    const open = sumOf(left.filter((piece) => comboOf(piece) === combo).map(({ amount }) => amount));
    return subtract(open, sumOf(group.map(({ amount }) => amount))).presentment < 0n;
  });
}

const noneOf = ({ piece }: LedgerEntry) => ({
  quantity: 0,
  amount: nothing,
  taxes: piece.taxes.map(({ label }) => ({ label, tax: nothing })),
});
