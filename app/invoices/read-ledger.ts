import { type IssuedContent, identityOf, negatePiece, type Piece, piecesOf, type TaxLabel } from "./piece.ts";
import { grossOf } from "./tax-pieces.ts";
import { add, type Both, nothing, subtract, sumOf } from "./two-amounts.ts";

/** The key of a credit by amount that a person made, and of its being taken back. */
export const creditKey = "credit";

/** What documents say of one thing at one set of rates. */
export interface Standing {
  quantity: number;
  amount: Both;
  taxes: Piece["taxes"];
}

export interface LedgerEntry {
  /** As the last document that had it says it: title, details, unit price. */
  piece: Piece;
  /** Invoices less the credit notes that followed the order by themselves. */
  issued: Standing;
  /** Credited by a person, whom Shopify may catch up with; positive. */
  byHand: Standing;
}

/** What the documents of an order say together. */
export interface Ledger {
  entries: LedgerEntry[];
  /** With tax: what a person credited by amount and nothing has taken back. */
  creditedByAmount: Both;
  /** Under which heading a thing was left untaxed. */
  untaxedLabels: Map<string, TaxLabel[]>;
}

/** Adds the documents of an order up, by thing and rates. */
export function readLedger(issued: IssuedContent[]): Ledger {
  const entries = new Map<string, LedgerEntry>();
  const untaxedLabels = new Map<string, TaxLabel[]>();
  for (const { content, byHand } of issued) {
    const isCredit = content.kind === "credit_note";
    for (const piece of piecesOf(content)) {
      const entry = entries.get(identityOf(piece)) ?? emptyEntry(piece);
      const isByHand = isCredit && byHand;
      const signed = isCredit && !isByHand ? negatePiece(piece) : piece;
      const quantity = isCredit && !isByHand ? -piece.quantity : piece.quantity;
      const side = isByHand ? "byHand" : "issued";
      entries.set(identityOf(piece), { ...entry, piece, [side]: plus(entry[side], signed, quantity) });
      const labels = piece.taxes.map(({ label }) => label);
      if (labels.length > 0 && labels.every(({ category }) => category !== "standard")) {
        untaxedLabels.set(piece.key, labels);
      }
    }
  }
  const all = [...entries.values()];
  return {
    entries: all,
    untaxedLabels,
    creditedByAmount: sumOf(all.map((entry) => openCredit(entry, issued))),
  };
}

/** A credit by amount less what was taken back of it, with tax. */
function openCredit({ piece, issued: back, byHand }: LedgerEntry, issued: IssuedContent[]): Both {
  if (piece.key !== creditKey) return nothing;
  const included = issued[0]?.content.taxesIncluded ?? false;
  const gross = ({ amount, taxes }: Standing) => grossOf({ ...piece, amount, taxes }, included);
  return subtract(gross(byHand), gross(back));
}

const emptyEntry = (piece: Piece): LedgerEntry => {
  const none = {
    quantity: 0,
    amount: nothing,
    taxes: piece.taxes.map(({ label }) => ({ label, tax: nothing })),
  };
  return { piece, issued: none, byHand: none };
};

const plus = (standing: Standing, piece: Piece, quantity: number): Standing => ({
  quantity: standing.quantity + quantity,
  amount: add(standing.amount, piece.amount),
  taxes: standing.taxes.map(({ label, tax }, at) => ({
    label,
    tax: add(tax, piece.taxes[at]?.tax ?? nothing),
  })),
});

/** What is left to credit of an entry, in both currencies and for each tax. */
export function leftOf({ issued, byHand }: LedgerEntry): Standing {
  return {
    quantity: issued.quantity - byHand.quantity,
    amount: subtract(issued.amount, byHand.amount),
    taxes: issued.taxes.map(({ label, tax }, at) => ({
      label,
      tax: subtract(tax, byHand.taxes[at]?.tax ?? nothing),
    })),
  };
}
