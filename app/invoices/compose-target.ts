import { changeWords } from "../documents/languages/change-words.ts";
import { adjustmentPieces } from "./adjustment-pieces.ts";
import { classifyTaxes, type TaxContext } from "./classify-tax.ts";
import { compareFigures, type DifferenceFigures } from "./difference-figures.ts";
import { explainTotal } from "./explain-total.ts";
import { lineAmount } from "./map-bill.ts";
import { mergePieces } from "./merge-pieces.ts";
import type { Piece } from "./piece.ts";
import type { Ledger } from "./read-ledger.ts";
import { splitAdjustment } from "./split-adjustment.ts";
import { type TaxMode, taxPieces } from "./tax-pieces.ts";
import { type Both, fromText, isNothing, nothing } from "./two-amounts.ts";

export type Target =
  /** `difference` is null where a person cannot accept it: the figures cannot even be read. */
  | { outcome: "held"; reason: string; difference: DifferenceFigures | null }
  | { outcome: "target"; pieces: Piece[] };

/**
 * What the order's documents should say together, as the order stands: its lines with their taxes, refunds by amount,
 * and a rounding line where Shopify's figures differ by rounding.
 *
 * @param ledger what the order's documents say so far: an adjustment that is on one keeps the rates it was split over
 * @param acceptDifference a person has decided to put what cannot be explained onto a line of its own, taxed like the
 *   rest
 * @returns held with a sentence when Shopify's figures cannot be explained
 */
export function composeTarget(
  context: TaxContext,
  mode: TaxMode,
  ledger: Ledger,
  acceptDifference = false,
): Target {
  const { bill } = context;
  if (bill.problem) return { outcome: "held", reason: bill.problem, difference: null };
  const lines = taxPieces(linePieces(context, ledger), mode);
  const accepted = acceptedPieces(ledger);
  const explained = explainTotal(bill, lines, accepted);
  if (explained.outcome === "held") {
    const more = differencePieces(explained.difference, lines, context);
    if (acceptDifference) return { outcome: "target", pieces: [...lines, ...mergePieces(accepted, more)] };
    return { ...explained, difference: compareFigures(bill, [...lines, ...accepted], more) };
  }
  const pieces = [...lines, ...accepted, ...adjustmentPieces(explained.adjustments, lines, context, ledger)];
  if (isNothing(explained.rounding)) return { outcome: "target", pieces };
  return { outcome: "target", pieces: [...pieces, roundingPiece(explained.rounding, context)] };
}

/** The key of a difference that a person has accepted. */
const differenceKey = "difference";

/** What was accepted on earlier documents stays accepted. */
const acceptedPieces = (ledger: Ledger): Piece[] =>
  ledger.entries
    .filter(({ piece }) => piece.key === differenceKey)
    .map(({ piece, issued: { amount, taxes } }) => ({ ...piece, amount, taxes }));

function differencePieces(gross: Both, lines: Piece[], { bill, language }: TaxContext): Piece[] {
  if (isNothing(gross)) return [];
  const title = changeWords[language].difference;
  const base = { kind: "adjustment" as const, key: differenceKey, title, details: null };
  return splitAdjustment(base, { gross, told: nothing }, { onto: lines, included: bill.taxesIncluded });
}

/** The bill's lines, taxes still to be computed. */
export function linePieces(context: TaxContext, ledger: Ledger): Piece[] {
  return context.bill.lines.map((line) => {
    const labels = classifyTaxes(line, context);
    // Why a line bears no tax may be set otherwise since; that alone corrects nothing that was issued.
    const isUntaxed = labels.every(({ category }) => category !== "standard");
    const kept = isUntaxed ? ledger.untaxedLabels.get(line.key) : undefined;
    return {
      kind: line.kind,
      key: line.key,
      title: line.title,
      details: line.details,
      quantity: line.quantity,
      unitPrice: fromText(line.unitPrice),
      amount: lineAmount(line),
      taxes: (kept ?? labels).map((label) => ({ label, tax: nothing })),
    };
  });
}

const roundingPiece = (amount: Both, { language }: TaxContext): Piece => ({
  kind: "rounding",
  key: "rounding",
  title: changeWords[language].rounding,
  details: null,
  quantity: 0,
  unitPrice: nothing,
  amount,
  taxes: [],
});
