import type { DocumentKind } from "../documents/document.ts";
import type { DocumentTrigger } from "./document-row.ts";
import { hasPaid, isUnpaid } from "./payment-states.ts";

/** What a bookkeeper asks of an invoice. Minor units of its currency; total − credited − (paid − refunded) = open. */
export interface InvoiceAccount {
  totalMinor: string;
  creditedMinor: string;
  /** All that ever came in, also what went back since. */
  paidMinor: string;
  refundedMinor: string;
  /** Still to be paid; below zero it is the buyer's, who has paid what was credited. */
  openMinor: string;
}

/** A document of the order, with where its payment stands. */
export interface AccountDocument {
  id: string;
  kind: DocumentKind;
  trigger: DocumentTrigger;
  refersToId: string | null;
  grossMinor: bigint;
  /** Without what was credited, as `decidePayments` has it. */
  paidMinor: bigint;
  creditedMinor: bigint;
  /** Payments that people entered and did not undo. */
  enteredMinor: bigint;
}

/** What Shopify says of the order's money now, in the buyer's currency. */
export interface OrderMoney {
  financialStatus: string | null;
  totalMinor: bigint | null;
  /** Below zero where Shopify owes the buyer; null where it does not say. */
  outstandingMinor: bigint | null;
}

/**
 * The account of each of an order's invoices. Shopify tells no list of payments, so what came in and went back follows
 * from what is known:
 *
 * - Money went back for the credit notes that Shopify's refunds made, and for those made by hand that a refund has
 *   caught up with, once Shopify calls the order refunded in part or whole.
 * - What Shopify holds beyond what the documents come to is the buyer's: an invoice was credited here, or an item was
 *   removed there, and nothing was refunded yet.
 *
 * @param documents in the order they were issued
 */
export function accountsOf(documents: AccountDocument[], money: OrderMoney): Map<string, InvoiceAccount> {
  const notes = documents.filter(({ kind }) => kind === "credit_note");
  const invoices = documents.filter(({ kind }) => kind === "invoice");
  const byHand = notes.filter(({ trigger }) => trigger === "by_hand");
  const owed = grossOf(invoices) - grossOf(notes);
  const isRefunded = money.financialStatus !== "paid" && hasPaid(money.financialStatus);
  const unseen = clamp((money.totalMinor ?? owed) - owed, grossOf(byHand));
  let caughtUp = isRefunded ? grossOf(byHand) - unseen : 0n;
  let held = heldFor(money, owed, grossOf(byHand));
  return new Map(
    invoices.map((invoice) => {
      const own = (list: AccountDocument[]) =>
        grossOf(list.filter(({ refersToId }) => refersToId === invoice.id));
      const absorbed = clamp(own(byHand), caughtUp);
      caughtUp -= absorbed;
      const back = isRefunded ? own(notes.filter(isShopifys)) + absorbed : 0n;
      const refunded = clamp(back, invoice.creditedMinor);
      const left = invoice.creditedMinor - refunded;
      const tooMuch = clamp(held, left);
      held -= tooMuch;
      const entered = clamp(invoice.enteredMinor - (invoice.grossMinor - invoice.creditedMinor), left);
      return [
        invoice.id,
        toAccount(invoice, { refunded, over: tooMuch > entered ? tooMuch : entered }),
      ] as const;
    }),
  );
}

const isShopifys = ({ trigger }: AccountDocument) => trigger === "refund" || trigger === "cancel";

/** What Shopify has of the buyer's money beyond what the documents come to: no more than was credited or is outstanding. */
function heldFor(
  { financialStatus, totalMinor, outstandingMinor }: OrderMoney,
  owed: bigint,
  byHand: bigint,
): bigint {
  if (totalMinor === null || isUnpaid(financialStatus)) return 0n;
  if (outstandingMinor === null && !hasPaid(financialStatus)) return 0n;
  const outstanding = outstandingMinor ?? 0n;
  return clamp(totalMinor - outstanding - owed, byHand + (outstanding < 0n ? -outstanding : 0n));
}

function toAccount(
  { grossMinor, creditedMinor, paidMinor }: AccountDocument,
  { refunded, over }: { refunded: bigint; over: bigint },
): InvoiceAccount {
  return {
    totalMinor: String(grossMinor),
    creditedMinor: String(creditedMinor),
    paidMinor: String(paidMinor + refunded + over),
    refundedMinor: String(refunded),
    openMinor: String(grossMinor - creditedMinor - paidMinor - over),
  };
}

const grossOf = (documents: AccountDocument[]) =>
  documents.reduce((sum, { grossMinor }) => sum + grossMinor, 0n);

/** Neither below zero nor above the most. */
const clamp = (amount: bigint, most: bigint) => (amount < 0n ? 0n : amount > most ? most : amount);
