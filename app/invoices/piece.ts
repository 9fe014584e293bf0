import type { DocumentContent, DocumentLine, LineKind, TaxCategory } from "../documents/document.ts";
import { type Both, negate, nothing } from "./two-amounts.ts";

/** A tax as a document names it. */
export interface TaxLabel {
  /** From category, rate and title, so that the same tax has the same key on every document of an order. */
  key: string;
  category: TaxCategory;
  rate: string;
  title: string;
  reason: string | null;
}

/** A line on its way to a document, with the tax that belongs to it. Amounts as on the line; negative takes off. */
export interface Piece {
  kind: LineKind;
  key: string;
  title: string;
  details: string | null;
  quantity: number;
  unitPrice: Both;
  amount: Both;
  taxes: { label: TaxLabel; tax: Both }[];
}

/** A document that was issued for the order. `byHand` says that a person made a credit note, not a refund. */
export interface IssuedContent {
  content: DocumentContent;
  number: string;
  issuedOn: string;
  byHand: boolean;
}

/** The rates charged together on a piece. */
export const comboOf = (piece: Piece) => piece.taxes.map(({ label }) => label.key).join(" | ");

/** What makes two pieces the same thing at the same rates. */
export const identityOf = (piece: Piece) => `${piece.key} @ ${comboOf(piece)}`;

/** A piece of which only the amount changed. */
export const withoutQuantity = (piece: Piece): Piece => ({ ...piece, quantity: 0, unitPrice: nothing });

export const negatePiece = (piece: Piece): Piece => ({
  ...piece,
  amount: negate(piece.amount),
  taxes: piece.taxes.map(({ label, tax }) => ({ label, tax: negate(tax) })),
});

/** The lines of an issued document as pieces, as they are printed: a credit note's are positive. */
export function piecesOf(content: DocumentContent): Piece[] {
  const labels = new Map(content.taxes.map((tax) => [tax.key, labelOf(tax)]));
  return content.lines.map((line) => ({
    kind: line.kind,
    key: line.key,
    title: line.title,
    details: line.details,
    quantity: line.quantity,
    // The shop's unit price is not on the document; nothing is computed from it.
    unitPrice: { presentment: BigInt(line.unitPriceMinor), shop: 0n },
    amount: { presentment: BigInt(line.amountMinor), shop: BigInt(line.shopAmountMinor) },
    taxes: taxesOf(line, labels),
  }));
}

function taxesOf(line: DocumentLine, labels: Map<string, TaxLabel>): Piece["taxes"] {
  return line.taxKeys.map((key, at) => {
    const label = labels.get(key);
    const share = line.taxShares[at];
    if (!label || !share)
      throw new Error(`A line refers to the tax ${key}, which the document does not have.`);
    return { label, tax: { presentment: BigInt(share.taxMinor), shop: BigInt(share.shopTaxMinor) } };
  });
}

const labelOf = ({ key, category, rate, title, reason }: TaxLabel): TaxLabel => ({
  key,
  category,
  rate,
  title,
  reason,
});
