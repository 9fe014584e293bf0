import type { DocumentKind } from "../documents/document.ts";
import type { PaymentState } from "./document-row.ts";

/** A document of one order, as far as payment is concerned. Amounts are minor units in the order's currency. */
export interface PayableDocument {
  id: string;
  kind: DocumentKind;
  grossMinor: bigint;
  /** The invoice that a credit note corrects. */
  refersToId: string | null;
  /** A day on the shop's calendar, `2026-11-25`. */
  dueOn: string | null;
  /** Payments that people entered and did not undo. */
  enteredMinor: bigint;
}

export interface PaymentStanding {
  state: PaymentState;
  paidMinor: bigint;
  creditedMinor: bigint;
}

/**
 * Where payment of each of an order's documents stands.
 *
 * Credit notes go to the invoice they refer to; what is more than that invoice goes to the order's others. Payments
 * that people entered belong to their invoice, and what Shopify was paid fills the invoices in the order they were
 * issued. The two add up, never beyond what is owed.
 *
 * @param documents in the order they were issued
 * @param shopifyPaidMinor what Shopify says was paid and not given back; "all" when it calls the order paid
 * @param today a day on the shop's calendar; an unpaid invoice is overdue on the day after its due date
 */
export function decidePayments(
  documents: PayableDocument[],
  shopifyPaidMinor: bigint | "all",
  today: string,
): Map<string, PaymentStanding> {
  const invoices = documents.filter(({ kind }) => kind === "invoice");
  const credited = shareCredits(documents, invoices);
  let left = shopifyPaidMinor;
  const standings = new Map<string, PaymentStanding>();
  for (const document of documents) {
    if (document.kind === "credit_note") {
      standings.set(document.id, { state: "issued", paidMinor: 0n, creditedMinor: 0n });
      continue;
    }
    const creditedMinor = credited.get(document.id) ?? 0n;
    const owed = document.grossMinor - creditedMinor;
    const entered = smaller(document.enteredMinor, owed);
    const fromShopify = left === "all" ? owed - entered : smaller(left, owed - entered);
    if (left !== "all") left -= fromShopify;
    const paidMinor = entered + fromShopify;
    standings.set(document.id, {
      state: stateOf({ ...document, creditedMinor, owed, paidMinor }, today),
      paidMinor,
      creditedMinor,
    });
  }
  return standings;
}

function shareCredits(documents: PayableDocument[], invoices: PayableDocument[]): Map<string, bigint> {
  const credited = new Map<string, bigint>();
  for (const note of documents) {
    if (note.kind !== "credit_note") continue;
    let rest = note.grossMinor;
    const first = invoices.filter(({ id }) => id === note.refersToId);
    for (const { id, grossMinor } of [...first, ...invoices]) {
      const part = smaller(rest, grossMinor - (credited.get(id) ?? 0n));
      credited.set(id, (credited.get(id) ?? 0n) + part);
      rest -= part;
    }
  }
  return credited;
}

function stateOf(
  invoice: {
    grossMinor: bigint;
    creditedMinor: bigint;
    owed: bigint;
    paidMinor: bigint;
    dueOn: string | null;
  },
  today: string,
): PaymentState {
  if (invoice.grossMinor > 0n && invoice.owed === 0n) return "credited";
  if (invoice.paidMinor >= invoice.owed) return "paid";
  if (invoice.dueOn !== null && invoice.dueOn < today) return "overdue";
  return invoice.paidMinor > 0n ? "partly_paid" : "issued";
}

const smaller = (one: bigint, other: bigint) => (one < other ? one : other);

/** Whether nothing is left to pay of what the order comes to now. @param outstanding null where Shopify does not say */
export const isSettled = (financialStatus: string | null | undefined, outstanding: bigint | null): boolean =>
  outstanding === null ? hasPaid(financialStatus) : outstanding <= 0n && !isUnpaid(financialStatus);

/** Shopify's words for an order that was paid, whatever went back since. */
export const hasPaid = (financialStatus: string | null | undefined): boolean =>
  ["paid", "partially_refunded", "refunded"].includes(financialStatus ?? "");

/** Whether Shopify has no money of the order yet, whatever it says is outstanding: only authorized is not paid. */
export const isUnpaid = (financialStatus: string | null | undefined): boolean =>
  ["pending", "authorized", "voided", "expired"].includes(financialStatus ?? "");
