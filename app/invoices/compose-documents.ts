import type { DocumentContent } from "../documents/document.ts";
import { changeWords } from "../documents/languages/change-words.ts";
import { formatMoney } from "../money.ts";
import type { Bill } from "./bill.ts";
import { boundRounding } from "./bound-rounding.ts";
import { compareIssued } from "./compare-issued.ts";
import { composeTarget } from "./compose-target.ts";
import type { DifferenceFigures } from "./difference-figures.ts";
import { toContent } from "./document-content.ts";
import { type Composition, frameOf, type Subject } from "./document-frame.ts";
import { findExcess, leftPieces } from "./find-excess.ts";
import { foldAdjustments } from "./fold-adjustments.ts";
import type { IssuedContent, Piece } from "./piece.ts";
import { type Ledger, readLedger } from "./read-ledger.ts";
import { reasonForAddition, reasonForCredit } from "./reason-for-change.ts";
import { grossOf, totalOf } from "./tax-pieces.ts";

export type Composed =
  | { outcome: "nothing" }
  /** A sentence for a person; nothing may be issued until the figures are clear. */
  | {
      outcome: "held";
      reason: string;
      /** What a person may put onto a line of its own; null where that is no way. */
      difference: DifferenceFigures | null;
    }
  | ({ outcome: "documents" } & ToIssue);

export interface ToIssue {
  /** To be issued in this order. */
  contents: DocumentContent[];
  /**
   * Why each of them is issued, in English as the screens are: the content itself says it in the buyer's language,
   * which the staff need not read.
   */
  reasons: (string | null)[];
}

/**
 * Composes the documents that bring an order's documents to what the order is now: the first invoice, later a credit
 * note for what went and a further invoice for what came. Pure: the same input gives the same documents, and once
 * they are among `issued` there is nothing more.
 *
 * An order that costs nothing gets an invoice of zero when one is asked for; a correction of zero is never issued.
 * Nothing is issued for an order that has no document and nothing left to bill, nor for a mere change of one without.
 */
export function composeDocuments(subject: Subject): Composed {
  return composeRound(subject, maxRounds);
}

/** Corrections that follow from one another come to rest after two; more is a fault that a person must look at. */
const maxRounds = 4;

function composeRound(subject: Subject, rounds: number): Composed {
  const { bill, issued } = subject;
  const changed = findMismatch(bill, issued);
  if (changed) return { outcome: "held", reason: changed, difference: null };
  const composition = frameOf(subject);
  const ledger = readLedger(issued);
  const target = composeTarget(composition.context, composition.mode, ledger, subject.acceptDifference);
  if (target.outcome === "held") return target;
  return issued.length === 0
    ? composeFirst(subject, composition, target.pieces)
    : composeRest(subject, composeCorrections(subject, composition, target.pieces, ledger), rounds);
}

/**
 * A correction may take a credit by hand back that a refund of Shopify's had counted on, which then asks for a
 * document of its own: until there is nothing more, as if each had been issued.
 */
function composeRest(subject: Subject, composed: Composed, rounds: number): Composed {
  if (!subject.issued.some(({ byHand }) => byHand)) return composed;
  if (composed.outcome === "nothing") {
    const reason = findExcess(subject.bill, readLedger(subject.issued));
    return reason ? { outcome: "held", reason, difference: null } : composed;
  }
  if (composed.outcome === "held") return composed;
  if (rounds === 0) return { outcome: "held", reason: restless, difference: null };
  const { contents, reasons } = composed;
  const issued = [...subject.issued, ...contents.map((content) => ({ content, ...notIssued }))];
  const rest = composeRound({ ...subject, issued }, rounds - 1);
  if (rest.outcome !== "documents") return rest.outcome === "held" ? rest : composed;
  return {
    outcome: "documents",
    contents: [...contents, ...rest.contents],
    reasons: [...reasons, ...rest.reasons],
  };
}

const restless = "What was credited by hand and what Shopify has refunded cannot be brought together.";

/** Of a document that is only just composed. */
const notIssued = { number: "", issuedOn: "", byHand: false };

function composeFirst({ bill, cause }: Subject, { frame }: Composition, pieces: Piece[]): Composed {
  if (cause === "change" || bill.lines.length === 0) return { outcome: "nothing" };
  const total = totalOf(pieces, bill.taxesIncluded).presentment;
  if (total < 0n) {
    const amount = formatMoney(total, bill.currency);
    const reason = `The order comes to ${amount}, and an invoice cannot be negative.`;
    return { outcome: "held", reason, difference: null };
  }
  return { outcome: "documents", contents: [toContent("invoice", frame, pieces)], reasons: [null] };
}

function composeCorrections(
  { bill, order, issued }: Subject,
  { frame, mode, context: { language } }: Composition,
  target: Piece[],
  ledger: Ledger,
): Composed {
  const words = changeWords[language];
  const changes = compareIssued(target, ledger, mode, words);
  const settled = settleRounding(boundRounding(changes, ledger, mode.included), mode.included);
  const { taken, added } = foldAdjustments(settled, mode.included, words.alreadyCredited);
  const [minus, plus] = [taken, added].map((pieces) => totalOf(pieces, bill.taxesIncluded).presentment);
  const net = (minus ?? 0n) - (plus && plus > 0n ? plus : 0n);
  const held = findOverCredit(bill, ledger, net);
  if (held) return { outcome: "held", reason: held, difference: null };
  const contents: DocumentContent[] = [];
  const reasons: ToIssue["reasons"] = [];
  if (minus && minus > 0n) {
    const isCancelled = Boolean(order.cancelledAt) && bill.lines.length === 0;
    const said = { pieces: taken, bill };
    const reason = reasonForCredit({ ...said, language }, isCancelled);
    const termsDays = null;
    contents.push(
      toContent("credit_note", { ...frame, termsDays, reason, refersTo: refersTo(issued, taken) }, taken),
    );
    reasons.push(reasonForCredit({ ...said, language: "en" }, isCancelled));
  }
  if (plus && plus > 0n) {
    const said = { pieces: added, bill };
    const reason = reasonForAddition({ ...said, language });
    contents.push(toContent("invoice", { ...frame, reason, refersTo: refersTo(issued, added) }, added));
    reasons.push(reasonForAddition({ ...said, language: "en" }));
  }
  const negative = contents.find(({ taxes }) => taxes.some(isNegative));
  if (negative) return { outcome: "held", reason: negativeTax, difference: null };
  return contents.length > 0 ? { outcome: "documents", contents, reasons } : { outcome: "nothing" };
}

/** A minor unit of tax can be the rounding of lines that it was shared out to before. */
const isNegative = ({ taxMinor, shopTaxMinor }: DocumentContent["taxes"][number]) =>
  BigInt(taxMinor) < -1n || BigInt(shopTaxMinor) < -1n;

const negativeTax =
  "What was refunded by amount leaves a tax that is less than nothing on the correction. Check the refunds at Shopify.";

/** A rounding goes onto a document that is issued anyway; it may be of either sign there. */
function settleRounding({ taken, added }: { taken: Piece[]; added: Piece[] }, included: boolean) {
  const isRounding = ({ kind }: Piece) => kind === "rounding";
  const turned = (piece: Piece): Piece => ({
    ...piece,
    amount: { presentment: -piece.amount.presentment, shop: -piece.amount.shop },
  });
  const [down, up] = [taken, added].map((pieces) => pieces.filter((piece) => !isRounding(piece)));
  const counts = (pieces: Piece[] = []) =>
    pieces.some((piece) => grossOf(piece, included).presentment !== 0n);
  if (taken.some(isRounding) && !counts(down) && counts(up)) {
    return { taken: [], added: [...added, ...taken.filter(isRounding).map(turned)] };
  }
  if (added.some(isRounding) && !counts(up) && counts(down)) {
    return { taken: [...taken, ...added.filter(isRounding).map(turned)], added: [] };
  }
  return { taken, added };
}

/** Money and the way prices are written do not change during an order's life; if they do, a person must look. */
function findMismatch(bill: Bill, issued: IssuedContent[]): string | null {
  const [first] = issued;
  if (!first) return null;
  const { content, number } = first;
  if (content.currency !== bill.currency || content.shopCurrency !== bill.shopCurrency) {
    return `${number} is in ${content.currency} (${content.shopCurrency} for the shop), but the order is now in ${bill.currency} (${bill.shopCurrency}).`;
  }
  if (content.taxesIncluded !== bill.taxesIncluded) {
    return `${number} has prices ${content.taxesIncluded ? "with" : "without"} tax, but the order now has them ${bill.taxesIncluded ? "with" : "without"}.`;
  }
  return null;
}

/**
 * The last guard: credit notes never exceed what was invoiced.
 * @param minus what is taken, less what is invoiced at the same time: a rounding may have moved from one to the other
 */
function findOverCredit(bill: Bill, ledger: Ledger, minus: bigint): string | null {
  const left = totalOf(leftPieces(ledger), bill.taxesIncluded).presentment;
  if (minus <= left) return null;
  const [more, most] = [minus, left].map((minor) => formatMoney(minor, bill.currency));
  return `${more} would have to be credited, but only ${most} of what was invoiced is left.`;
}

/** The newest invoice that has one of the things, else the first. */
export function refersTo(issued: IssuedContent[], pieces: Piece[]): DocumentContent["refersTo"] {
  const keys = new Set(pieces.map(({ key }) => key));
  const invoices = issued.filter(({ content, number }) => content.kind === "invoice" && number !== "");
  const found =
    invoices.findLast(({ content }) => content.lines.some(({ key }) => keys.has(key))) ?? invoices[0];
  return found ? { number: found.number, issuedOn: found.issuedOn } : null;
}
