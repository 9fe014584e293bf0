import type { Bill } from "./bill.ts";
import type { Piece } from "./piece.ts";
import { grossOf, taxOf, totalOf } from "./tax-pieces.ts";
import { sumOf } from "./two-amounts.ts";

/** Minor units of the document's currency. */
interface Figures {
  totalMinor: string;
  taxMinor: string;
}

/** What a person has to see before they accept that Shopify's figures and an order's lines differ. */
export interface DifferenceFigures {
  /** ISO 4217 */
  currency: string;
  shopify: Figures;
  lines: Figures;
  /** All the order's documents together, once the difference is on a line of its own. */
  documents: Figures;
  /** With tax: what Shopify's total has more than the lines. */
  differenceMinor: string;
  /** How the difference would be taxed: a part for each set of rates on the lines. Without rates it is untaxed. */
  parts: (Figures & { rates: { title: string; rate: string }[] })[];
}

/**
 * Holds Shopify's figures, the lines' and what they would come to together against one another.
 * @param more the pieces that the difference would become
 */
export function compareFigures(bill: Bill, lines: Piece[], more: Piece[]): DifferenceFigures {
  const figuresOf = (pieces: Piece[]): Figures => ({
    totalMinor: totalOf(pieces, bill.taxesIncluded).presentment.toString(),
    taxMinor: sumOf(pieces.map(taxOf)).presentment.toString(),
  });
  return {
    currency: bill.currency,
    shopify: { totalMinor: bill.current.total.presentment, taxMinor: bill.current.tax.presentment },
    lines: figuresOf(lines),
    documents: figuresOf([...lines, ...more]),
    differenceMinor: sumOf(more.map((piece) => grossOf(piece, bill.taxesIncluded))).presentment.toString(),
    parts: more.map((piece) => ({
      ...figuresOf([piece]),
      rates: piece.taxes.map(({ label: { title, rate } }) => ({ title, rate })),
    })),
  };
}
