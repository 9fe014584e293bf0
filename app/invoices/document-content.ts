import type {
  DocumentContent,
  DocumentKind,
  DocumentLine,
  DocumentTax,
  DocumentTotals,
} from "../documents/document.ts";
import type { Piece } from "./piece.ts";
import { grossOf, taxOf } from "./tax-pieces.ts";
import { add, type Both, nothing, subtract, sumOf, times } from "./two-amounts.ts";

type Sums = Pick<DocumentContent, "lines" | "taxes" | "totals" | "shopTotals">;

/**
 * Writes pieces as the lines, taxes and totals of a document. Everything is a sum of the pieces, so lines plus taxes
 * are the total in both currencies.
 */
export function sumUp(pieces: Piece[], included: boolean): Sums {
  const gross = sumOf(pieces.map((piece) => grossOf(piece, included)));
  const tax = sumOf(pieces.map(taxOf));
  return {
    lines: pieces.map(toLine),
    taxes: toTaxes(pieces, included),
    totals: toTotals(gross, tax, "presentment"),
    shopTotals: toTotals(gross, tax, "shop"),
  };
}

export type Frame = Omit<DocumentContent, keyof Sums | "kind" | "format">;

export const toContent = (kind: DocumentKind, frame: Frame, pieces: Piece[]): DocumentContent => ({
  format: 2,
  kind,
  ...frame,
  // What a credit note takes back is not paid, it is owed the other way round.
  paidInFull: kind === "invoice" && frame.paidInFull,
  ...sumUp(pieces, frame.taxesIncluded),
});

function toLine(piece: Piece): DocumentLine {
  const list = times(piece.unitPrice, piece.quantity).presentment;
  const { presentment, shop } = piece.amount;
  return {
    kind: piece.kind,
    key: piece.key,
    title: piece.title,
    details: piece.details,
    quantity: piece.quantity,
    unitPriceMinor: piece.unitPrice.presentment.toString(),
    discountMinor: (piece.quantity === 0 ? 0n : list - presentment).toString(),
    amountMinor: presentment.toString(),
    taxKeys: piece.taxes.map(({ label }) => label.key),
    taxShares: piece.taxes.map(({ tax }) => ({
      taxMinor: tax.presentment.toString(),
      shopTaxMinor: tax.shop.toString(),
    })),
    shopAmountMinor: shop.toString(),
  };
}

/** A line that bears several rates counts towards the base of each. */
function toTaxes(pieces: Piece[], included: boolean): DocumentTax[] {
  const taxes = new Map<string, { label: Piece["taxes"][number]["label"]; base: Both; tax: Both }>();
  for (const piece of pieces) {
    const net = included ? subtract(piece.amount, taxOf(piece)) : piece.amount;
    for (const { label, tax } of piece.taxes) {
      const known = taxes.get(label.key) ?? { label, base: nothing, tax: nothing };
      taxes.set(label.key, { label: known.label, base: add(known.base, net), tax: add(known.tax, tax) });
    }
  }
  return [...taxes.values()].map(({ label, base, tax }) => ({
    ...label,
    baseMinor: base.presentment.toString(),
    taxMinor: tax.presentment.toString(),
    shopBaseMinor: base.shop.toString(),
    shopTaxMinor: tax.shop.toString(),
  }));
}

const toTotals = (gross: Both, tax: Both, currency: keyof Both): DocumentTotals => ({
  netMinor: (gross[currency] - tax[currency]).toString(),
  taxMinor: tax[currency].toString(),
  grossMinor: gross[currency].toString(),
});
